using System.Buffers.Binary;
using ElectricBrain.Sensors.Devices.Ltr559;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Scenes;

namespace ElectricBrain.Sensors.Simulation.Chips;

/// <summary>An LTR-559 by its registers: reset, both sensors with their timing, gain, integration, the marks of new and invalid data, and the interrupt.</summary>
public sealed class SimulatedLtr559 : SimulatedChip
{
    private static readonly TimeSpan WakeUpTime = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ProximityPeriod = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ProximityTime = TimeSpan.FromMilliseconds(1);

    private readonly EnviroScene _scene;
    private readonly TimeProvider _timeProvider;
    private readonly byte[] _registers = new byte[256];
    private Ltr559Settings _settings = new();
    private Cycle _light;
    private Cycle _proximity;
    private long _lightOutside;
    private long _proximityOutside;

    /// <summary>Creates the chip, powered.</summary>
    /// <param name="scene">What it is exposed to.</param>
    /// <param name="timeProvider">The clock of the scene and of the chip.</param>
    public SimulatedLtr559(EnviroScene scene, TimeProvider? timeProvider = null)
        : base(Ltr559Sensor.DefaultAddress)
    {
        ArgumentNullException.ThrowIfNull(scene);
        _scene = scene;
        _timeProvider = timeProvider ?? TimeProvider.System;
        ResetRegisters();
    }

    /// <summary>What the part id register shows.</summary>
    public byte PartId { get; set; } = Ltr559Sensor.PartNumber << 4 | 0x02;

    /// <summary>Whether a reset never ends.</summary>
    public bool IsResetStuck { get; set; }

    /// <summary>Whether the light data are marked as invalid.</summary>
    public bool IsLightInvalid { get; set; }

    /// <summary>Whether both sensors have stopped measuring while the chip still answers.</summary>
    public bool IsMeasuringStuck { get; set; }

    /// <summary>Whether the INT pin is asserted, whatever its polarity.</summary>
    public bool IsInterrupting
    {
        get
        {
            Advance();
            var mode = _registers[Ltr559Registers.Interrupt];
            var status = _registers[Ltr559Registers.Status];
            return ((mode & Ltr559Registers.InterruptByLight) != 0 && (status & Ltr559Registers.LightInterrupt) != 0)
                || ((mode & Ltr559Registers.InterruptByProximity) != 0 && (status & Ltr559Registers.ProximityInterrupt) != 0);
        }
    }

    /// <inheritdoc/>
    protected override void ResetRegisters()
    {
        Array.Clear(_registers);
        _registers[Ltr559Registers.ProximityLed] = 0x7F;
        _registers[Ltr559Registers.ProximityPulses] = 0x01;
        _registers[Ltr559Registers.ProximityRate] = 0x02;
        _registers[Ltr559Registers.LightRate] = 0x03;
        _registers[Ltr559Registers.ManufacturerId] = Ltr559Sensor.ManufacturerId;
        BinaryPrimitives.WriteUInt16LittleEndian(_registers.AsSpan(Ltr559Registers.ProximityThresholds), Ltr559Registers.ProximityFullScale);
        BinaryPrimitives.WriteUInt16LittleEndian(_registers.AsSpan(Ltr559Registers.LightThresholds), ushort.MaxValue);
        _lightOutside = _proximityOutside = 0;
        _light = default;
        _proximity = default;
    }

    /// <inheritdoc/>
    protected override void WriteRegisters(byte register, ReadOnlySpan<byte> values)
    {
        Advance();
        for (var i = 0; i < values.Length; i++)
        {
            WriteRegister((byte)(register + i), values[i]);
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

        // The last byte of the data ends a reading, and the mark of new data with it.
        ClearNewMark(register, values.Length, Ltr559Registers.LightData + Ltr559Registers.LightDataLength - 1, Ltr559Registers.LightNew);
        ClearNewMark(register, values.Length, Ltr559Registers.ProximityData + 1, Ltr559Registers.ProximityNew);
    }

    private void WriteRegister(byte register, byte value)
    {
        switch (register)
        {
            case Ltr559Registers.LightControl when (value & Ltr559Registers.Reset) != 0:
                ResetRegisters();
                _registers[Ltr559Registers.LightControl] = (byte)(IsResetStuck ? Ltr559Registers.Reset : 0);
                break;
            case Ltr559Registers.LightControl:
                _registers[register] = value;
                RestartLight((value & Ltr559Registers.LightActive) != 0);
                break;
            case Ltr559Registers.LightRate:
                _registers[register] = value;
                RestartLight(_light.IsRunning);
                break;
            case Ltr559Registers.ProximityControl:
                _registers[register] = value;
                _proximity.Restart((value & Ltr559Registers.ProximityActive) == Ltr559Registers.ProximityActive, _timeProvider.GetTimestamp());
                break;
            case Ltr559Registers.Interrupt when _light.IsRunning || _proximity.IsRunning:
                // It counts in standby only.
                break;
            case Ltr559Registers.ProximityLed or Ltr559Registers.ProximityPulses or Ltr559Registers.ProximityRate or Ltr559Registers.Interrupt:
            case >= Ltr559Registers.ProximityThresholds and < Ltr559Registers.ProximityOffset + 2:
            case >= Ltr559Registers.LightThresholds and < Ltr559Registers.LightThresholds + 4:
            case Ltr559Registers.InterruptPersist:
                _registers[register] = value;
                break;
        }
    }

    private void RestartLight(bool running)
    {
        _settings = SettingsOf(_registers[Ltr559Registers.LightControl], _registers[Ltr559Registers.LightRate]);
        _light.Restart(running, _timeProvider.GetTimestamp());
    }

    /// <summary>Brings the status and the data to the present.</summary>
    private void Advance()
    {
        _registers[Ltr559Registers.PartId] = PartId;
        if (IsMeasuringStuck)
        {
            return;
        }

        var settings = _settings;
        var now = _timeProvider.GetTimestamp();
        var integration = TimeSpan.FromMilliseconds(settings.IntegrationMilliseconds);
        var repeat = TimeSpan.FromMilliseconds(Math.Max(settings.RepeatMilliseconds, settings.IntegrationMilliseconds));
        if (_light.Finished(_timeProvider, now, WakeUpTime + integration, repeat, out var lightAgo) is > 0 and var lights)
        {
            ShowLight(_scene.At(_timeProvider.GetLocalNow() - lightAgo), settings, lights);
        }

        if (_proximity.Finished(_timeProvider, now, WakeUpTime + ProximityTime, ProximityPeriod, out var proximityAgo) is > 0 and var proximities)
        {
            ShowProximity(_scene.At(_timeProvider.GetLocalNow() - proximityAgo), proximities);
        }
    }

    private void ShowLight(EnviroConditions conditions, Ltr559Settings settings, long measurements)
    {
        var (channel0, channel1) = Ltr559Inversion.Counts(conditions.IlluminanceLux, settings.Gain, settings.IntegrationMilliseconds);
        var data = _registers.AsSpan(Ltr559Registers.LightData);
        BinaryPrimitives.WriteUInt16LittleEndian(data, channel1);
        BinaryPrimitives.WriteUInt16LittleEndian(data[2..], channel0);
        ref var status = ref _registers[Ltr559Registers.Status];
        status = (byte)(status & (Ltr559Registers.ProximityNew | Ltr559Registers.ProximityInterrupt)
            | (IsLightInvalid ? Ltr559Registers.LightInvalid : 0)
            | (int)settings.Gain << Ltr559Registers.StatusGainShift
            | Ltr559Registers.LightNew
            | (IsOutside(Math.Max(channel0, channel1), Ltr559Registers.LightThresholds, persistenceShift: 0, measurements, ref _lightOutside) ? Ltr559Registers.LightInterrupt : 0));
    }

    private void ShowProximity(EnviroConditions conditions, long measurements)
    {
        var offset = BinaryPrimitives.ReadUInt16BigEndian(_registers.AsSpan(Ltr559Registers.ProximityOffset));
        var counts = Math.Clamp(conditions.ProximityCounts - offset, 0, Ltr559Registers.ProximityFullScale);
        var indicates = (_registers[Ltr559Registers.ProximityControl] & Ltr559Registers.ProximitySaturationIndicator) != 0;
        var saturated = indicates && conditions.ProximityCounts > Ltr559Registers.ProximityFullScale;
        _registers[Ltr559Registers.ProximityData] = (byte)counts;
        _registers[Ltr559Registers.ProximityData + 1] = (byte)(counts >> 8 | (saturated ? Ltr559Registers.ProximitySaturated : 0));
        ref var status = ref _registers[Ltr559Registers.Status];
        status = (byte)(status & ~Ltr559Registers.ProximityInterrupt
            | Ltr559Registers.ProximityNew
            | (IsOutside(counts, Ltr559Registers.ProximityThresholds, persistenceShift: 4, measurements, ref _proximityOutside) ? Ltr559Registers.ProximityInterrupt : 0));
    }

    private bool IsOutside(int counts, byte thresholds, int persistenceShift, long measurements, ref long outside)
    {
        var high = BinaryPrimitives.ReadUInt16LittleEndian(_registers.AsSpan(thresholds));
        var low = BinaryPrimitives.ReadUInt16LittleEndian(_registers.AsSpan(thresholds + 2));
        outside = counts < low || counts > high ? outside + measurements : 0;
        return outside > (_registers[Ltr559Registers.InterruptPersist] >> persistenceShift & 0x0F);
    }

    private void ClearNewMark(byte register, int length, int lastDataRegister, byte mark)
    {
        if (register <= lastDataRegister && register + length > lastDataRegister)
        {
            _registers[Ltr559Registers.Status] &= (byte)~mark;
        }
    }

    private static Ltr559Settings SettingsOf(byte control, byte rate) => new()
    {
        Gain = (Ltr559Gain)(control >> Ltr559Registers.GainShift & Ltr559Registers.GainMask),
        Integration = (Ltr559Integration)(rate >> 3 & 7),
        Repeat = (Ltr559Repeat)Math.Min(rate & 7, 5),
    };

    /// <summary>A measurement that repeats itself.</summary>
    private struct Cycle
    {
        private long _startedAt;
        private long _finished;

        public bool IsRunning { get; private set; }

        public void Restart(bool running, long now)
        {
            IsRunning = running;
            _startedAt = now;
            _finished = 0;
        }

        /// <summary>How many measurements have ended since the last call, and how long ago the latest did.</summary>
        public long Finished(TimeProvider timeProvider, long now, TimeSpan first, TimeSpan period, out TimeSpan ago)
        {
            ago = TimeSpan.Zero;
            var elapsed = timeProvider.GetElapsedTime(_startedAt, now);
            if (!IsRunning || elapsed < first)
            {
                return 0;
            }

            var finished = (elapsed - first).Ticks / period.Ticks + 1;
            ago = TimeSpan.FromTicks((elapsed - first).Ticks % period.Ticks);
            var added = finished - _finished;
            _finished = finished;
            return added;
        }
    }
}
