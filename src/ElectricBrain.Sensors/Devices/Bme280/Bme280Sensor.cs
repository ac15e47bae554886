using System.Device.I2c;
using System.Runtime.CompilerServices;
using ElectricBrain.Sensors.Buses;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Devices.Bme280;

/// <summary>
/// Bosch BME280: temperature, humidity and pressure (datasheet BST-BME280-DS002).
/// Not thread-safe, as the bus is not.
/// </summary>
public sealed class Bme280Sensor : ISampledSensor<Bme280Reading>, IDisposable
{
    /// <summary>Address with SDO low, as on the Enviro hats.</summary>
    public const int DefaultAddress = 0x76;

    /// <summary>Address with SDO high.</summary>
    public const int AlternateAddress = 0x77;

    /// <summary>Content of the id register of a BME280.</summary>
    public const byte ChipId = 0x60;

    private const int StatusPolls = 5;
    private const int ToleratedIncompleteFrames = 3;
    private static readonly TimeSpan StatusPollInterval = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan FrozenAfter = TimeSpan.FromMinutes(1);

    private readonly I2cRegisters _registers;
    private readonly Bme280FrameReader _frames;
    private readonly Bme280Settings _settings;
    private readonly TimeProvider _timeProvider;
    private readonly ReusableDelay _delay;
    private readonly TimeSpan _measurementWait;
    private readonly byte _control;
    private readonly bool _countsMeasurements;
    private readonly bool _hasPressure;
    private readonly bool _hasHumidity;
    private byte _config;
    private byte _mode;
    private Bme280Calibration? _calibration;
    private int _incompleteFrames;

    /// <summary>Takes over a device; nothing is transferred yet.</summary>
    /// <param name="device">The chip on its bus. Disposed with the sensor.</param>
    /// <param name="settings">How to measure.</param>
    /// <param name="timeProvider">The clock of the waits.</param>
    /// <exception cref="ArgumentException">The settings contradict each other.</exception>
    public Bme280Sensor(I2cDevice device, Bme280Settings? settings = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        _settings = settings ?? new Bme280Settings();
        _settings.Validate();
        _registers = new I2cRegisters(device, "BME280");
        _timeProvider = timeProvider ?? TimeProvider.System;
        _delay = new ReusableDelay(_timeProvider);
        _frames = new Bme280FrameReader(_registers, _timeProvider);
        // Timers count whole milliseconds and cut the rest off.
        _measurementWait = TimeSpan.FromMilliseconds(Math.Ceiling(_settings.MeasurementTime.TotalMilliseconds));
        _control = Bme280Registers.ControlMeasurementOf(_settings);
        _config = Bme280Registers.ConfigOf(_settings);
        // A write of the config might start the filter anew.
        _countsMeasurements = _settings is { Mode: Bme280Mode.Forced, Filter: Bme280Filter.Off };
        _hasPressure = _settings.Pressure != Bme280Oversampling.Skip;
        _hasHumidity = _settings.Humidity != Bme280Oversampling.Skip;
    }

    /// <summary>How the chip measures.</summary>
    public Bme280Settings Settings => _settings;

    private Bme280Calibration Calibration =>
        _calibration ?? throw new InvalidOperationException($"The BME280 is not initialised. Call {nameof(InitializeAsync)} first.");

    /// <summary>Checks that the chip at the address is a BME280.</summary>
    /// <exception cref="SensorException">Nothing answers, or another chip does.</exception>
    public void Identify()
    {
        var id = _registers.Read(Bme280Registers.Id);
        if (id != ChipId)
        {
            throw _registers.Fault(SensorFault.WrongChip, $"is another chip: its id is 0x{id:X2}{NameOf(id)}, a BME280 has 0x{ChipId:X2}. {RemedyOf(id)}");
        }
    }

    /// <summary>
    /// Resets the chip, reads its calibration, applies the settings and lets one measurement pass: the first one after a
    /// reset starts the filter and is not used.
    /// </summary>
    /// <exception cref="SensorException">The chip is missing, another one, or does not come up.</exception>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken = default)
    {
        _calibration = null;
        Identify();
        _registers.Write(Bme280Registers.Reset, Bme280Registers.ResetCommand);
        await _delay.WaitAsync(StatusPollInterval, cancellationToken).ConfigureAwait(false);
        await WaitWhileAsync(Bme280Registers.ImageUpdating, "does not finish its reset", cancellationToken).ConfigureAwait(false);
        var calibration = ReadCalibration();
        _config = Bme280Registers.ConfigOf(_settings);
        _mode = 0;

        // A write of the config is ignored in normal mode, and that of the humidity counts from the next write of the control.
        _registers.Write(Bme280Registers.Config, _config);
        _registers.Write(Bme280Registers.ControlHumidity, (byte)_settings.Humidity);
        await RunForcedMeasurementAsync(cancellationToken).ConfigureAwait(false);
        _incompleteFrames = 0;
        _frames.Forget();
        ReadFrame();
        if (_settings.Mode == Bme280Mode.Normal)
        {
            _mode = Bme280Registers.NormalMode;
            _registers.Write(Bme280Registers.ControlMeasurement, (byte)(_control | _mode));
        }

        _calibration = calibration;
    }

    /// <summary>
    /// One measurement: in forced mode it is started and waited for, in normal mode the latest one is read in one transaction.
    /// </summary>
    /// <exception cref="InvalidOperationException"><see cref="InitializeAsync"/> has not succeeded.</exception>
    /// <exception cref="SensorException">The chip does not answer, does not finish, was reset, or shows no measurement.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Bme280Reading> MeasureAsync(CancellationToken cancellationToken = default)
    {
        var calibration = Calibration;
        if (_settings.Mode == Bme280Mode.Forced)
        {
            await RunForcedMeasurementAsync(cancellationToken).ConfigureAwait(false);
        }

        var frame = ReadFrame();
        if (_settings.Mode == Bme280Mode.Normal && _frames.Unchanged > FrozenAfter)
        {
            // The noise of the chip changes each measurement. Registers that stay the same for long are likely those of a chip
            // that has stopped; starting it again tells, and does no harm if it has not.
            await InitializeAsync(cancellationToken).ConfigureAwait(false);
            calibration = Calibration;
            frame = ReadFrame();
        }

        ThrowIfIncomplete(frame);
        return Decode(frame, calibration);
    }

    /// <summary>Reads the data registers in one burst, the only way that cannot mix two measurements (datasheet, section 4.1).</summary>
    /// <returns>False when the registers hold no measurement.</returns>
    /// <exception cref="InvalidOperationException"><see cref="InitializeAsync"/> has not succeeded.</exception>
    /// <exception cref="SensorException">The chip does not answer, was reset, or its answers differ.</exception>
    public bool TryRead(out Bme280Reading reading)
    {
        var calibration = Calibration;
        var frame = ReadFrame();
        reading = Decode(frame, calibration);
        return frame.HasTemperature;
    }

    /// <summary>Puts the chip to sleep as far as it answers, and closes the device.</summary>
    public void Dispose()
    {
        try
        {
            if (_calibration is not null && _settings.Mode == Bme280Mode.Normal)
            {
                _registers.Write(Bme280Registers.ControlMeasurement, _control);
            }
        }
        catch (SensorException)
        {
            // A chip that is gone needs no sleep.
        }

        _calibration = null;
        _delay.Dispose();
        _registers.Dispose();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<Bme280Reading?> ISampledSensor<Bme280Reading>.MeasureAsync(CancellationToken cancellationToken) =>
        await MeasureAsync(cancellationToken).ConfigureAwait(false);

    private Bme280Frame ReadFrame() => _frames.Read((byte)_settings.Humidity, (byte)(_control | _mode), _config);

    /// <summary>
    /// A chip that was reset shows no measurement of anything. A single quantity can have that raw value by chance, so it only
    /// counts when it stays.
    /// </summary>
    private void ThrowIfIncomplete(Bme280Frame frame)
    {
        var wanted = 1 + (_hasPressure ? 1 : 0) + (_hasHumidity ? 1 : 0);
        var missing = (frame.HasTemperature ? 0 : 1) + (_hasPressure && !frame.HasPressure ? 1 : 0) + (_hasHumidity && !frame.HasHumidity ? 1 : 0);
        _incompleteFrames = missing == 0 ? 0 : _incompleteFrames + 1;
        if (_incompleteFrames >= ToleratedIncompleteFrames || (missing == wanted && wanted > 1))
        {
            throw _registers.Fault(
                SensorFault.InvalidData,
                $"shows no measurement (raw temperature 0x{frame.Temperature:X5}, pressure 0x{frame.Pressure:X5}, humidity 0x{frame.Humidity:X4}). It was probably reset; it is started again.");
        }
    }

    private Bme280Reading Decode(Bme280Frame frame, Bme280Calibration calibration)
    {
        var fine = Bme280Compensation.FineTemperature(frame.Temperature, calibration);
        var temperature = Within(Bme280Compensation.Temperature(fine), -40, 85);
        if (!frame.HasTemperature || temperature is null)
        {
            // The others are compensated with the temperature.
            return default;
        }

        return new Bme280Reading(
            temperature,
            _hasPressure && frame.HasPressure ? Within(Bme280Compensation.Pressure(frame.Pressure, fine, calibration), 30_000, 110_000) : null,
            _hasHumidity && frame.HasHumidity ? Within(Bme280Compensation.Humidity(frame.Humidity, fine, calibration), 0, 100) : null);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RunForcedMeasurementAsync(CancellationToken cancellationToken)
    {
        var start = (byte)(_control | Bme280Registers.ForcedMode);
        if (_countsMeasurements)
        {
            // The pause of the normal mode means nothing here, so its bits can count: when they read back, the start that was
            // written along with them was not lost, and the data are not those of the measurement before.
            _config = Bme280Registers.NextCount(_config);
            _registers.Write(Bme280Registers.Config, _config, Bme280Registers.ControlMeasurement, start);
        }
        else
        {
            _registers.Write(Bme280Registers.ControlMeasurement, start);
        }

        await _delay.WaitAsync(_measurementWait, cancellationToken).ConfigureAwait(false);
        await WaitWhileAsync(Bme280Registers.Measuring, "does not finish its measurement", cancellationToken).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WaitWhileAsync(byte bit, string complaint, CancellationToken cancellationToken)
    {
        for (var poll = 0; ; poll++)
        {
            if ((_registers.Read(Bme280Registers.Status) & bit) == 0)
            {
                return;
            }

            if (poll == StatusPolls)
            {
                throw _registers.Fault(SensorFault.Stuck, $"{complaint}. If it stays so, interrupt its supply.");
            }

            await _delay.WaitAsync(StatusPollInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    private Bme280Calibration ReadCalibration()
    {
        // What is wrong here would be wrong in every value from now on.
        var calibration = ReadCalibrationOnce();
        for (var reads = 1; ReadCalibrationOnce() is var again && again != calibration; reads++)
        {
            calibration = reads < Bme280FrameReader.ConfirmingReads
                ? again
                : throw _registers.Fault(SensorFault.InvalidData, $"gave {Bme280FrameReader.ConfirmingReads + 1} different calibrations one after the other. Check the wiring, its length and the supply.");
        }

        return calibration.IsPlausible
            ? calibration
            : throw _registers.Fault(SensorFault.InvalidData, $"has no calibration (T1 {calibration.T1}, T2 {calibration.T2}, P1 {calibration.P1}). The chip is damaged or its supply is too weak.");
    }

    private Bme280Calibration ReadCalibrationOnce()
    {
        Span<byte> first = stackalloc byte[Bme280Registers.Calibration1Length];
        Span<byte> second = stackalloc byte[Bme280Registers.Calibration2Length];
        _registers.Read(Bme280Registers.Calibration1, first);
        _registers.Read(Bme280Registers.Calibration2, second);
        return Bme280Calibration.Parse(first, second);
    }

    private static double? Within(double value, double minimum, double maximum) => value >= minimum && value <= maximum ? value : null;

    private static string NameOf(byte id) => id switch
    {
        0x55 => " (BMP180)",
        0x56 or 0x57 or 0x58 => " (BMP280, which has no humidity)",
        0x61 => " (BME680 or BME688)",
        0x50 => " (BMP388)",
        _ => "",
    };

    private static string RemedyOf(byte id) => id is 0x00 or 0xFF
        ? "That is what a dead bus reads: check the wiring and the supply."
        : "Check what is plugged in, and its address.";
}
