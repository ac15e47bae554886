using System.Device.I2c;
using ElectricBrain.Sensors.Buses;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Devices.Ltr559;

/// <summary>
/// Lite-On LTR-559: illuminance and proximity (datasheet LTR-559ALS-01). The chip measures on its own and is read without waiting.
/// Not thread-safe, as the bus is not.
/// </summary>
public sealed class Ltr559Sensor : ISampledSensor<Ltr559Reading>, IDisposable
{
    /// <summary>The only address of the chip.</summary>
    public const int DefaultAddress = 0x23;

    /// <summary>Upper half of the part id register; the lower half is the revision.</summary>
    public const byte PartNumber = 0x09;

    /// <summary>Content of the manufacturer id register.</summary>
    public const byte ManufacturerId = 0x05;

    private const int ResetPolls = 20;
    private static readonly TimeSpan ResetPollInterval = TimeSpan.FromMilliseconds(5);

    private readonly I2cRegisters _registers;
    private readonly Ltr559DataReader _data;
    private readonly Ltr559Settings _settings;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _maximumAge;
    private Ltr559Interrupt? _interrupt;
    private Ltr559Gain _gain;
    private bool _initialized;
    private double? _lux;
    private Ltr559Gain _luxGain;
    private long _lightAt;
    private int? _proximity;
    private bool _proximitySaturated;
    private long _proximityAt;
    private bool _lightSeen;
    private bool _proximitySeen;

    /// <summary>Takes over a device; nothing is transferred yet.</summary>
    /// <param name="device">The chip on its bus. Disposed with the sensor.</param>
    /// <param name="settings">How to measure.</param>
    /// <param name="timeProvider">The clock of the waits and of the age of values.</param>
    /// <exception cref="ArgumentException">The settings contradict each other.</exception>
    public Ltr559Sensor(I2cDevice device, Ltr559Settings? settings = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        _settings = settings ?? new Ltr559Settings();
        _settings.Validate();
        _interrupt = _settings.Interrupt;
        _registers = new I2cRegisters(device, "LTR559");
        _data = new Ltr559DataReader(_registers, _settings);
        _timeProvider = timeProvider ?? TimeProvider.System;
        _maximumAge = TimeSpan.FromMilliseconds(2 * (_settings.RepeatMilliseconds + _settings.IntegrationMilliseconds) + 200);
    }

    /// <summary>How the chip measures.</summary>
    public Ltr559Settings Settings => _settings;

    /// <summary>Checks that the chip at the address is an LTR-559.</summary>
    /// <exception cref="SensorException">Nothing answers, or another chip does.</exception>
    public void Identify()
    {
        Span<byte> ids = stackalloc byte[2];
        _registers.Read(Ltr559Registers.PartId, ids);
        if (ids[0] >> 4 != PartNumber || ids[1] != ManufacturerId)
        {
            throw _registers.Fault(
                SensorFault.WrongChip,
                $"is another chip: its part id is 0x{ids[0]:X2} and its manufacturer 0x{ids[1]:X2}, an LTR559 has 0x{PartNumber:X1}_ and 0x{ManufacturerId:X2}. Check what is plugged in.");
        }
    }

    /// <summary>Resets the chip, applies the settings and starts both of its sensors.</summary>
    /// <exception cref="SensorException">The chip is missing, another one, or does not come up.</exception>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken = default)
    {
        _initialized = false;
        Identify();
        _registers.Write(Ltr559Registers.LightControl, Ltr559Registers.Reset);
        await WaitForResetAsync(cancellationToken).ConfigureAwait(false);

        if (_interrupt is not null)
        {
            // The mode of the pin counts only when it is set in standby.
            Ltr559InterruptRegisters.WriteThresholds(_registers, _interrupt);
            Ltr559InterruptRegisters.WriteMode(_registers, _interrupt);
        }

        _gain = _settings.Gain;
        _registers.Write(Ltr559Registers.LightRate, Ltr559Registers.LightRateOf(_settings));
        _registers.Write(Ltr559Registers.LightControl, Ltr559Registers.LightControlOf(_gain));
        if (_settings.Proximity)
        {
            _registers.Write(Ltr559Registers.ProximityLed, Ltr559Registers.ProximityLedOf(_settings));
            _registers.Write(Ltr559Registers.ProximityPulses, (byte)_settings.LedPulses);
            _registers.Write(Ltr559Registers.ProximityRate, Ltr559Registers.ProximityEvery100Ms);
            if (_settings.ProximityOffsetCounts > 0)
            {
                _registers.Write(Ltr559Registers.ProximityOffset, (byte)(_settings.ProximityOffsetCounts >> 8));
                _registers.Write(Ltr559Registers.ProximityOffset + 1, (byte)_settings.ProximityOffsetCounts);
            }

            _registers.Write(Ltr559Registers.ProximityControl, Ltr559Registers.ProximityRunning);
        }

        _data.Forget();
        _lightSeen = _proximitySeen = false;
        _lux = null;
        _proximity = null;
        _lightAt = _proximityAt = _timeProvider.GetTimestamp();
        _initialized = true;
    }

    /// <summary>
    /// Moves the limits of the interrupt, for instance to the other side of what was just seen: the chip has no hysteresis of its
    /// own. They stay when the chip is started again.
    /// </summary>
    /// <param name="light">Limits of the light; only where <see cref="Ltr559Settings.Interrupt"/> has some.</param>
    /// <param name="proximity">Limits of the proximity; only where <see cref="Ltr559Settings.Interrupt"/> has some.</param>
    /// <exception cref="ArgumentException">The limits are not in order, or the settings have none to move.</exception>
    /// <exception cref="InvalidOperationException"><see cref="InitializeAsync"/> has not succeeded.</exception>
    /// <exception cref="SensorException">The chip does not answer.</exception>
    public void MoveThresholds(Ltr559Thresholds? light = null, Ltr559Thresholds? proximity = null)
    {
        ThrowIfNotInitialized();
        if ((light is not null && _interrupt?.Light is null) || (proximity is not null && _interrupt?.Proximity is null))
        {
            throw new ArgumentException($"The interrupt has no such thresholds. Give {nameof(Ltr559Settings)}.{nameof(Ltr559Settings.Interrupt)} those to start with.");
        }

        if (_interrupt is not null)
        {
            var moved = _interrupt with { Light = light ?? _interrupt.Light, Proximity = proximity ?? _interrupt.Proximity };
            moved.Validate(_settings);
            _interrupt = moved;
            Ltr559InterruptRegisters.WriteThresholds(_registers, moved);
        }
    }

    /// <summary>
    /// Reads what is new. Between two measurements of the chip the latest value is given again; one that the chip does not
    /// renew is a fault.
    /// </summary>
    /// <returns>False while the chip has not finished its first measurements.</returns>
    /// <exception cref="InvalidOperationException"><see cref="InitializeAsync"/> has not succeeded.</exception>
    /// <exception cref="SensorException">The chip does not answer or has stopped measuring.</exception>
    public bool TryRead(out Ltr559Reading reading)
    {
        ThrowIfNotInitialized();
        Span<byte> status = stackalloc byte[Ltr559Registers.StatusLength];
        _registers.Read(Ltr559Registers.Status, status);
        var now = _timeProvider.GetTimestamp();
        TakeProximity(status, now);
        TakeLight(status[0], now);
        ThrowIfStopped(now);
        reading = new Ltr559Reading(
            _lux,
            _proximity,
            _proximitySaturated,
            _luxGain,
            (status[0] & Ltr559Registers.LightInterrupt) != 0,
            (status[0] & Ltr559Registers.ProximityInterrupt) != 0);
        return _lightSeen && (_proximitySeen || !_settings.Proximity);
    }

    /// <summary>Puts the chip to standby as far as it answers, and closes the device.</summary>
    public void Dispose()
    {
        try
        {
            if (_initialized)
            {
                _registers.Write(Ltr559Registers.LightControl, 0);
                _registers.Write(Ltr559Registers.ProximityControl, 0);
            }
        }
        catch (SensorException)
        {
            // A chip that is gone needs no standby.
        }

        _initialized = false;
        _registers.Dispose();
    }

    ValueTask<Ltr559Reading?> ISampledSensor<Ltr559Reading>.MeasureAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<Ltr559Reading?>(TryRead(out var reading) ? reading : null);

    private async ValueTask WaitForResetAsync(CancellationToken cancellationToken)
    {
        for (var poll = 0; poll < ResetPolls; poll++)
        {
            await Task.Delay(ResetPollInterval, _timeProvider, cancellationToken).ConfigureAwait(false);
            if (HasReset())
            {
                return;
            }
        }

        throw _registers.Fault(SensorFault.Stuck, "does not finish its reset. If it stays so, interrupt its supply.");
    }

    private bool HasReset()
    {
        try
        {
            return (_registers.Read(Ltr559Registers.LightControl) & Ltr559Registers.Reset) == 0;
        }
        catch (SensorException)
        {
            // A chip in its reset need not acknowledge; one that is gone is told by the reset never ending.
            return false;
        }
    }

    private void TakeLight(byte status, long now)
    {
        if ((status & Ltr559Registers.LightNew) == 0)
        {
            return;
        }

        // Reading the data, even when it is of no use, lets the chip mark the next as new.
        var (channel0, channel1) = _data.ReadLight(_gain);
        // Right after a change of the gain the status may be older than the data.
        var gain = (Ltr559Gain)(status >> Ltr559Registers.StatusGainShift & Ltr559Registers.GainMask);
        if ((status & Ltr559Registers.LightInvalid) != 0 || gain != _gain)
        {
            return;
        }

        var counts = Math.Max(channel0, channel1);
        _lux = counts == Ltr559GainRange.FullScale ? null : Ltr559Illuminance.FromCounts(channel0, channel1, gain, _settings.IntegrationMilliseconds);
        _luxGain = gain;
        _lightAt = now;
        _lightSeen = true;
        if (_settings.AutoRange && Ltr559GainRange.Choose(counts, gain) is var better && better != gain)
        {
            _registers.Write(Ltr559Registers.LightControl, Ltr559Registers.LightControlOf(better));
            _gain = better;
        }
    }

    private void TakeProximity(ReadOnlySpan<byte> status, long now)
    {
        if (!_settings.Proximity || (status[0] & Ltr559Registers.ProximityNew) == 0 || _data.ConfirmProximity(status[1..]) is not { } proximity)
        {
            return;
        }

        _proximitySaturated = (proximity & Ltr559Registers.ProximitySaturated << 8) != 0;
        _proximity = _proximitySaturated ? null : proximity;
        _proximityAt = now;
        _proximitySeen = true;
    }

    private void ThrowIfStopped(long now)
    {
        if (_timeProvider.GetElapsedTime(_lightAt, now) > _maximumAge)
        {
            throw _registers.Fault(SensorFault.Stuck, "delivers no new valid light values. It was probably reset; it is started again.");
        }

        if (_settings.Proximity && _timeProvider.GetElapsedTime(_proximityAt, now) > _maximumAge)
        {
            throw _registers.Fault(SensorFault.Stuck, "delivers no new proximity values. It was probably reset; it is started again.");
        }
    }

    private void ThrowIfNotInitialized()
    {
        if (!_initialized)
        {
            throw new InvalidOperationException($"The LTR559 is not initialised. Call {nameof(InitializeAsync)} first.");
        }
    }
}
