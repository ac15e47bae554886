using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Scenes;

namespace ElectricBrain.Sensors.Simulation.Chips;

/// <summary>A BME280 by its registers: reset, calibration, both modes with their timing, oversampling, filter and standby.</summary>
public sealed class SimulatedBme280 : SimulatedChip
{
    private static readonly TimeSpan ResetTime = TimeSpan.FromMilliseconds(2);

    private readonly EnviroScene _scene;
    private readonly TimeProvider _timeProvider;
    private readonly Bme280Calibration _calibration;
    private readonly byte[] _registers = new byte[256];
    private readonly Dictionary<(byte Humidity, byte Control, byte Config), Bme280Settings> _decoded = [];
    private Bme280Settings _settings = new();
    private Bme280Conversion _conversion;
    private long _resetAt;
    private long _startedAt;
    private long _finishedCycles;
    private byte _mode;

    /// <summary>Creates the chip, powered.</summary>
    /// <param name="scene">What it is exposed to.</param>
    /// <param name="timeProvider">The clock of the scene and of the chip.</param>
    /// <param name="address">Its address.</param>
    public SimulatedBme280(EnviroScene scene, TimeProvider? timeProvider = null, int address = Bme280Sensor.DefaultAddress)
        : this(scene, timeProvider, address, TypicalCalibration)
    {
    }

    internal SimulatedBme280(EnviroScene scene, TimeProvider? timeProvider, int address, Bme280Calibration calibration)
        : base(address)
    {
        ArgumentNullException.ThrowIfNull(scene);
        _scene = scene;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _calibration = calibration;
        ResetRegisters();
    }

    /// <summary>What the id register shows.</summary>
    public byte ChipId { get; set; } = Bme280Sensor.ChipId;

    /// <summary>Whether a measurement, once started, never ends.</summary>
    public bool IsMeasuringStuck { get; set; }

    /// <summary>Whether the copy of the calibration after a reset never ends.</summary>
    public bool IsResetStuck { get; set; }

    /// <summary>Trimming values in the middle of what chips have.</summary>
    internal static Bme280Calibration TypicalCalibration { get; } = new(
        T1: 28_100, T2: 26_300, T3: 50,
        P1: 38_100, P2: -10_700, P3: 3_024, P4: 6_400, P5: -60, P6: -7, P7: 9_900, P8: -10_230, P9: 4_285,
        H1: 75, H2: 362, H3: 0, H4: 315, H5: 50, H6: 30);

    /// <inheritdoc/>
    protected override void ResetRegisters()
    {
        Array.Clear(_registers);
        _calibration.Format(
            _registers.AsSpan(Bme280Registers.Calibration1, Bme280Registers.Calibration1Length),
            _registers.AsSpan(Bme280Registers.Calibration2, Bme280Registers.Calibration2Length));
        _mode = 0;
        _conversion = new Bme280Conversion(_calibration);
        _conversion.Frame.Format(_registers.AsSpan(Bme280Registers.Data));
        _resetAt = _timeProvider.GetTimestamp();
    }

    /// <inheritdoc/>
    protected override void WriteRegisters(byte register, ReadOnlySpan<byte> values)
    {
        Advance();
        // The chip takes pairs of address and value and does not count the address up (datasheet, section 6.2.1).
        for (var i = 0; i < values.Length; i += 2)
        {
            WriteRegister(i == 0 ? register : values[i - 1], values[i]);
        }
    }

    /// <inheritdoc/>
    protected override void ReadRegisters(byte register, Span<byte> values)
    {
        Advance();
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _registers[(byte)(register + i)];
        }
    }

    private void WriteRegister(byte register, byte value)
    {
        switch (register)
        {
            case Bme280Registers.Reset when value == Bme280Registers.ResetCommand:
                ResetRegisters();
                Advance();
                break;
            case Bme280Registers.Config when _mode != Bme280Registers.NormalMode:
            case Bme280Registers.ControlHumidity:
                _registers[register] = value;
                break;
            case Bme280Registers.ControlMeasurement:
                _registers[register] = value;
                Start((byte)(value & Bme280Registers.ModeMask));
                Advance();
                break;
        }
    }

    private void Start(byte mode)
    {
        _mode = mode;
        var written = (Humidity: _registers[Bme280Registers.ControlHumidity], Control: _registers[Bme280Registers.ControlMeasurement], Config: _registers[Bme280Registers.Config]);
        if (!_decoded.TryGetValue(written, out var settings))
        {
            // Kept, so that a driver which starts every measurement is seen to allocate nothing.
            _decoded.Add(written, settings = SettingsOf(written.Humidity, written.Control, written.Config));
        }

        _settings = settings;
        _startedAt = _timeProvider.GetTimestamp();
        _finishedCycles = 0;
    }

    /// <summary>Brings status, mode and data to the present.</summary>
    private void Advance()
    {
        _registers[Bme280Registers.Id] = ChipId;
        var now = _timeProvider.GetTimestamp();
        var updating = IsResetStuck || _timeProvider.GetElapsedTime(_resetAt, now) < ResetTime;
        var measuring = _mode != 0 && IsMeasuring(_timeProvider.GetElapsedTime(_startedAt, now));
        _registers[Bme280Registers.Status] = (byte)((measuring ? Bme280Registers.Measuring : 0) | (updating ? Bme280Registers.ImageUpdating : 0));
    }

    private bool IsMeasuring(TimeSpan elapsed)
    {
        if (IsMeasuringStuck)
        {
            return true;
        }

        var measurement = Bme280Conversion.TypicalTime(_settings);
        if (_mode != Bme280Registers.NormalMode)
        {
            if (elapsed < measurement)
            {
                return true;
            }

            Convert(elapsed - measurement);
            _mode = 0;
            _registers[Bme280Registers.ControlMeasurement] &= unchecked((byte)~Bme280Registers.ModeMask);
            return false;
        }

        var cycle = measurement + _settings.StandbyTime;
        var finished = elapsed < measurement ? 0 : (elapsed - measurement).Ticks / cycle.Ticks + 1;
        var memory = _settings.Filter == Bme280Filter.Off ? 1 : Bme280Conversion.FilterMemory;
        for (var index = Math.Max(_finishedCycles, finished - memory); index < finished; index++)
        {
            Convert(elapsed - measurement - index * cycle);
        }

        _finishedCycles = finished;
        return elapsed.Ticks % cycle.Ticks < measurement.Ticks;
    }

    private void Convert(TimeSpan ago)
    {
        _conversion.Run(_scene.At(_timeProvider.GetLocalNow() - ago), _settings);
        _conversion.Frame.Format(_registers.AsSpan(Bme280Registers.Data));
    }

    private static Bme280Settings SettingsOf(byte humidity, byte control, byte config) => new()
    {
        Temperature = Oversampling(control >> 5),
        Pressure = Oversampling(control >> 2),
        Humidity = Oversampling(humidity),
        Filter = (Bme280Filter)Math.Min(config >> 2 & 7, 4),
        Standby = (Bme280Standby)(config >> 5),
    };

    private static Bme280Oversampling Oversampling(int code) => (Bme280Oversampling)Math.Min(code & 7, 5);
}
