using System.Device.I2c;
using System.Runtime.CompilerServices;
using ElectricBrain.Sensors.Buses;
using ElectricBrain.Sensors.Buses.Local;
using ElectricBrain.Sensors.Buses.Rgpiod;
using ElectricBrain.Sensors.Climate;
using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Faults;
using ElectricBrain.Sensors.Simulation.Scenes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>
/// The sensors of a Pimoroni Enviro hat. Safe for concurrent use: readings are taken one after the other.
/// </summary>
public sealed class EnviroHat : IDisposable
{
    private const EnviroSensors SettleQuickly = EnviroSensors.Bme280 | EnviroSensors.Ltr559;
    private static readonly TimeSpan QuickInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SlowInterval = TimeSpan.FromMilliseconds(500);

    private readonly EnviroParts _parts;
    private readonly EnviroHatOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _disposed;

    private EnviroHat(EnviroParts parts, bool isSimulated, EnviroHatOptions options, TimeProvider timeProvider)
    {
        _parts = parts;
        IsSimulated = isSimulated;
        _options = options;
        _timeProvider = timeProvider;
    }

    /// <summary>Whether the values come from a simulation.</summary>
    public bool IsSimulated { get; }

    /// <summary>The model: the one of the options, or the one that was detected at opening.</summary>
    public EnviroBoard Board => _parts.Board;

    /// <summary>The sensors that the hat has and the options ask for, whether they work or not.</summary>
    public EnviroSensors Sensors => _parts.Sensors;

    /// <summary>Health of the sensor of temperature, humidity and pressure, as of the last reading.</summary>
    public SensorHealth Bme280 => _parts.Climate.Health;

    /// <summary>Health of the sensor of illuminance and proximity, as of the last reading.</summary>
    public SensorHealth Ltr559 => _parts.Light.Health;

    /// <summary>Health of the gas sensor, as of the last reading; null where there is none.</summary>
    public SensorHealth? Mics6814 => _parts.Gas?.Health;

    /// <summary>Health of the particle sensor, as of the last reading; null where none is plugged in.</summary>
    public SensorHealth? Pms5003 => _parts.Particles?.Health;

    /// <summary>Health of the microphone; null where it is not used.</summary>
    public SensorHealth? Microphone => _parts.Sound?.Health;

    /// <summary>Whether this machine has the I2C bus; without one, only a simulated hat can be opened.</summary>
    public static bool IsBusPresent(int busId = LocalHeaderOptions.DefaultI2cBus) => LinuxI2cBus.IsPresent(busId);

    /// <summary>Opens the hat on the header of this machine, or where the options say: on another one, or simulated.</summary>
    /// <exception cref="SensorException">The bus is missing or forbidden, or none of the sensors is there.</exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static EnviroHat Open(EnviroHatOptions? options = null, TimeProvider? timeProvider = null, ILogger<EnviroHat>? logger = null)
    {
        options ??= new EnviroHatOptions();
        options.Validate();
        BoardHeader header = options switch
        {
            { Simulate: true } => new SimulatedEnviro(timeProvider: timeProvider, bme280Address: options.Bme280Address, board: options.Board ?? EnviroBoard.EnviroPlus).Header,
            { RemoteHeader: { } remote } => new RgpiodHeader(remote, timeProvider),
            _ => new LocalHeader(options.Header),
        };
        return OpenOn(header, options, timeProvider, logger);
    }

    /// <summary>Opens the hat on any header: of this machine, of another one, or a simulated one with chosen faults.</summary>
    /// <param name="header">The header. Disposed with the hat, also when opening fails.</param>
    /// <param name="options">How to measure; the local devices in it are not used.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Told when a sensor fails and when it answers again.</param>
    /// <exception cref="SensorException">The bus is missing or forbidden, or none of the sensors is there.</exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
#pragma warning disable RS0026 // Both take the same options; what they take before cannot be mistaken for one another.
    public static EnviroHat OpenOn(BoardHeader header, EnviroHatOptions? options = null, TimeProvider? timeProvider = null, ILogger<EnviroHat>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(header);
        options ??= new EnviroHatOptions();
        var clock = timeProvider ?? TimeProvider.System;
        var log = (ILogger?)logger ?? NullLogger.Instance;
        return Open(header, header.IsSimulated, options, clock, () =>
            new EnviroParts(new ReopeningI2cBus(header.OpenI2c, options.Header.I2cBus, clock, log), header, options, clock, log));
    }

    /// <summary>
    /// Opens what is on any I2C bus of a hat: climate and light. Gases, particles and sound need more of the header than the bus.
    /// </summary>
    /// <param name="bus">The bus. Disposed with the hat, also when opening fails.</param>
    /// <param name="options">How to measure.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Told when a sensor fails and when it answers again.</param>
    /// <exception cref="SensorException">Neither of the chips is there.</exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static EnviroHat OpenOn(I2cBus bus, EnviroHatOptions? options = null, TimeProvider? timeProvider = null, ILogger<EnviroHat>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(bus);
        options ??= new EnviroHatOptions();
        var clock = timeProvider ?? TimeProvider.System;
        return Open(bus, bus is SimulatedI2cBus or FaultyI2cBus { IsSimulated: true }, options, clock, () =>
            new EnviroParts(bus, header: null, options, clock, (ILogger?)logger ?? NullLogger.Instance));
    }
#pragma warning restore RS0026

    /// <summary>Opens a simulated hat: the same drivers over simulated registers that show a scene.</summary>
    /// <param name="scene">What the hat is exposed to; by default a <see cref="DayCycleScene"/>.</param>
    /// <param name="timeProvider">The clock of the scene and of the chips.</param>
    public static EnviroHat OpenSimulated(EnviroScene? scene = null, TimeProvider? timeProvider = null) =>
        OpenOn(new SimulatedEnviro(scene, timeProvider).Header, timeProvider: timeProvider);

    /// <summary>
    /// Takes a reading of all sensors. Faults of the buses and of the chips show in the health of the reading; a chip that failed
    /// is started again on the next reading that finds it answering.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The hat is disposed.</exception>
    public ValueTask<EnviroReading> ReadAsync(CancellationToken cancellationToken) => ReadAsync(EnviroSensors.All, cancellationToken);

    /// <inheritdoc cref="ReadAsync(CancellationToken)"/>
    /// <param name="sensors">Which sensors are read. The values of the others are null, their health is that of their last reading.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<EnviroReading> ReadAsync(EnviroSensors sensors = EnviroSensors.All, CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var wantsClimate = (sensors & EnviroSensors.Bme280) != 0;
            var compensation = _options.HeatCompensation;
            var cpu = wantsClimate && compensation is not null ? await _parts.Cpu.SampleAsync(cancellationToken).ConfigureAwait(false) : null;
            var climate = wantsClimate ? await _parts.Climate.SampleAsync(cancellationToken).ConfigureAwait(false) : null;
            var light = (sensors & EnviroSensors.Ltr559) != 0 ? await _parts.Light.SampleAsync(cancellationToken).ConfigureAwait(false) : null;
            var gas = (sensors & EnviroSensors.Mics6814) != 0 && _parts.Gas is { } gases ? await gases.SampleAsync(cancellationToken).ConfigureAwait(false) : null;
            var particles = (sensors & EnviroSensors.Pms5003) != 0 && _parts.Particles is { } dust ? await dust.SampleAsync(cancellationToken).ConfigureAwait(false) : null;
            var air = Air.From(climate, cpu, compensation, _options.AltitudeMetres);
            return new EnviroReading
            {
                Timestamp = _timeProvider.GetUtcNow(),
                Sensors = sensors,
                TemperatureCelsius = air.TemperatureCelsius,
                RelativeHumidityPercent = air.RelativeHumidityPercent,
                RawTemperatureCelsius = compensation is null ? null : climate?.TemperatureCelsius,
                RawRelativeHumidityPercent = compensation is null ? null : climate?.RelativeHumidityPercent,
                CpuTemperatureCelsius = cpu,
                PressurePascals = climate?.PressurePascals,
                SeaLevelPressurePascals = air.SeaLevelPressurePascals,
                IlluminanceLux = light?.IlluminanceLux,
                ProximityCounts = light?.ProximityCounts,
                Gas = gas,
                Particles = particles,
                Sound = (sensors & EnviroSensors.Microphone) != 0 ? _parts.Sound?.Latest() : null,
                IsSimulated = IsSimulated,
                Bme280 = Bme280,
                Ltr559 = Ltr559,
                Mics6814 = Mics6814,
                Pms5003 = Pms5003,
                Microphone = Microphone,
                Cpu = compensation is null ? null : _parts.Cpu.Health,
            };
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Takes a reading of all sensors once those of climate and light have delivered their first values or failed, about a quarter
    /// of a second after opening. Gases (ten minutes), particles (half a minute) and sound (two seconds) are not waited for.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The hat is disposed.</exception>
    public ValueTask<EnviroReading> ReadSettledAsync(CancellationToken cancellationToken) => ReadSettledAsync(SettleQuickly, cancellationToken);

    /// <inheritdoc cref="ReadSettledAsync(CancellationToken)"/>
    /// <param name="settled">Which sensors are waited for, in place of those two.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    public async ValueTask<EnviroReading> ReadSettledAsync(EnviroSensors settled = SettleQuickly, CancellationToken cancellationToken = default)
    {
        var reading = await ReadAsync(EnviroSensors.All, cancellationToken).ConfigureAwait(false);
        while ((reading.WarmingUp & settled) is var awaited and not EnviroSensors.None)
        {
            await Task.Delay((awaited & SettleQuickly) != 0 ? QuickInterval : SlowInterval, _timeProvider, cancellationToken).ConfigureAwait(false);
            reading = await ReadAsync(EnviroSensors.All, cancellationToken).ConfigureAwait(false);
        }

        return reading;
    }

    /// <summary>
    /// Compares the thermometer of the hat with one in the room, for <see cref="HeatCompensation.Fit"/>. Do it with the processor at
    /// rest and again under load, each time after a quarter of an hour in which that did not change.
    /// </summary>
    /// <param name="referenceCelsius">What the thermometer in the room shows, in °C.</param>
    /// <param name="samples">How many samples the means are taken of, 60 by default.</param>
    /// <param name="interval">The time between two samples; by default a second.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SensorException">The BME280 or the processor's thermometer delivers nothing, or the temperature is not steady.</exception>
    /// <exception cref="ObjectDisposedException">The hat is disposed.</exception>
    public async ValueTask<HeatObservation> ObserveHeatAsync(double referenceCelsius, int samples = 60, TimeSpan? interval = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return await HeatObserver.ObserveAsync(_parts, referenceCelsius, samples, interval ?? TimeSpan.FromSeconds(1), _timeProvider, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Measures the resistances of the gas sensor in clean air, outdoors or after long airing, and uses them from now on. Waits for
    /// its warm-up, then takes a minute. Keep the result with <see cref="Mics6814CalibrationFile"/>.
    /// </summary>
    /// <exception cref="SensorException">There is no gas sensor, it does not answer, or its resistances are not steady.</exception>
    /// <exception cref="ObjectDisposedException">The hat is disposed.</exception>
    public async ValueTask<Mics6814Calibration> CalibrateGasAsync(CancellationToken cancellationToken = default)
    {
        var reading = await ReadSettledAsync(EnviroSensors.Mics6814, cancellationToken).ConfigureAwait(false);
        if (reading.Mics6814 is not { State: SensorState.Ok })
        {
            throw reading.Mics6814 is { } health
                ? new SensorException(health.Fault, health.Message!)
                : new SensorException(SensorFault.NoAnswer, $"This hat has no gas sensor: its board is {Board}. If it is an {EnviroBoard.EnviroPlus}, say so with {nameof(EnviroHatOptions)}.{nameof(EnviroHatOptions.Board)} to see what is wrong.");
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return await _parts.GasSensor!.CalibrateAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Puts the chips to sleep and closes the buses.</summary>
    public void Dispose()
    {
        _gate.Wait();
        try
        {
            if (!_disposed)
            {
                _disposed = true;
                _parts.Dispose();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private static EnviroHat Open(IDisposable owned, bool isSimulated, EnviroHatOptions options, TimeProvider timeProvider, Func<EnviroParts> build)
    {
        try
        {
            options.Validate();
            var parts = build();
            owned = parts;
            parts.ThrowIfNothingUsable();
            parts.Sound?.Start();
            return new EnviroHat(parts, isSimulated, options, timeProvider);
        }
        catch
        {
            owned.Dispose();
            throw;
        }
    }
}
