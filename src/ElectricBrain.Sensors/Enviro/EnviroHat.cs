using System.Device.I2c;
using ElectricBrain.Sensors.Buses.Local;
using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Devices.Ltr559;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Scenes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>
/// The sensors of a Pimoroni Enviro hat. Safe for concurrent use: readings are taken one after the other.
/// </summary>
public sealed class EnviroHat : IDisposable
{
    private static readonly TimeSpan SettlingInterval = TimeSpan.FromMilliseconds(20);

    private readonly I2cBus _bus;
    private readonly TimeProvider _timeProvider;
    private readonly Bme280Sensor _bme280;
    private readonly Ltr559Sensor _ltr559;
    private readonly SensorChannel<Bme280Reading> _climate;
    private readonly SensorChannel<Ltr559Reading> _light;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _disposed;

    private EnviroHat(I2cBus bus, EnviroHatOptions options, TimeProvider timeProvider, ILogger logger)
    {
        _bus = bus;
        _timeProvider = timeProvider;
        IsSimulated = bus is SimulatedI2cBus;
        _bme280 = new Bme280Sensor(bus.CreateDevice(options.Bme280Address), options.Bme280, timeProvider);
        _ltr559 = new Ltr559Sensor(bus.CreateDevice(Ltr559Sensor.DefaultAddress), options.Ltr559, timeProvider);
        _climate = new SensorChannel<Bme280Reading>("BME280", _bme280, timeProvider, logger);
        _light = new SensorChannel<Ltr559Reading>("LTR559", _ltr559, timeProvider, logger);
    }

    /// <summary>Whether the values come from a simulation.</summary>
    public bool IsSimulated { get; }

    /// <summary>Health of the sensor of temperature, humidity and pressure, as of the last reading.</summary>
    public SensorHealth Bme280 => _climate.Health;

    /// <summary>Health of the sensor of illuminance and proximity, as of the last reading.</summary>
    public SensorHealth Ltr559 => _light.Health;

    /// <summary>Whether this machine has the I2C bus; without one, only a simulated hat can be opened.</summary>
    public static bool IsBusPresent(int busId = EnviroHatOptions.DefaultBusId) => LinuxI2cBus.IsPresent(busId);

    /// <summary>Opens the hat on a bus of this machine, or the simulated one when the options say so.</summary>
    /// <exception cref="SensorException">The bus is missing or forbidden, or neither of the chips is there.</exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static EnviroHat Open(EnviroHatOptions? options = null, TimeProvider? timeProvider = null, ILogger<EnviroHat>? logger = null)
    {
        options ??= new EnviroHatOptions();
        options.Validate();
        var bus = options.Simulate ? new SimulatedEnviro(timeProvider: timeProvider, bme280Address: options.Bme280Address).Bus : LinuxI2cBus.Open(options.BusId);
        return OpenOn(bus, options, timeProvider, logger);
    }

    /// <summary>Opens the hat on any I2C bus: another adapter, a remote one, or a simulation with chosen faults.</summary>
    /// <param name="bus">The bus. Disposed with the hat, also when opening fails.</param>
    /// <param name="options">How to measure; the bus id in it is not used.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Told when a sensor fails and when it answers again.</param>
    /// <exception cref="SensorException">Neither of the chips is there.</exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static EnviroHat OpenOn(I2cBus bus, EnviroHatOptions? options = null, TimeProvider? timeProvider = null, ILogger<EnviroHat>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(bus);
        try
        {
            options ??= new EnviroHatOptions();
            options.Validate();
            var hat = new EnviroHat(bus, options, timeProvider ?? TimeProvider.System, (ILogger?)logger ?? NullLogger.Instance);
            hat.ThrowIfNothingUsable();
            return hat;
        }
        catch
        {
            bus.Dispose();
            throw;
        }
    }

    /// <summary>Opens a simulated hat: the same drivers over simulated registers that show a scene.</summary>
    /// <param name="scene">What the hat is exposed to; by default a <see cref="DayCycleScene"/>.</param>
    /// <param name="timeProvider">The clock of the scene and of the chips.</param>
    public static EnviroHat OpenSimulated(EnviroScene? scene = null, TimeProvider? timeProvider = null) =>
        OpenOn(new SimulatedEnviro(scene, timeProvider).Bus, timeProvider: timeProvider);

    /// <summary>
    /// Takes a reading. Faults of the bus and of the chips show in the health of the reading; a chip that failed is started
    /// again on the next reading that finds it answering.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The hat is disposed.</exception>
    public async ValueTask<EnviroReading> ReadAsync(CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var climate = await _climate.SampleAsync(cancellationToken).ConfigureAwait(false);
            var light = await _light.SampleAsync(cancellationToken).ConfigureAwait(false);
            return new EnviroReading
            {
                Timestamp = _timeProvider.GetUtcNow(),
                TemperatureCelsius = climate?.TemperatureCelsius,
                RelativeHumidityPercent = climate?.RelativeHumidityPercent,
                PressurePascals = climate?.PressurePascals,
                IlluminanceLux = light?.IlluminanceLux,
                ProximityCounts = light?.ProximityCounts,
                IsSimulated = IsSimulated,
                Bme280 = _climate.Health,
                Ltr559 = _light.Health,
            };
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Takes a reading once every sensor has delivered its first value or failed, about a quarter of a second after opening.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The hat is disposed.</exception>
    public async ValueTask<EnviroReading> ReadSettledAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var reading = await ReadAsync(cancellationToken).ConfigureAwait(false);
            if (!reading.IsWarmingUp)
            {
                return reading;
            }

            await Task.Delay(SettlingInterval, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Puts the chips to sleep and closes the bus.</summary>
    public void Dispose()
    {
        _gate.Wait();
        try
        {
            if (!_disposed)
            {
                _disposed = true;
                _bme280.Dispose();
                _ltr559.Dispose();
                _bus.Dispose();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private void ThrowIfNothingUsable()
    {
        var climate = _climate.Probe();
        var light = _light.Probe();
        if (climate is null || light is null)
        {
            return;
        }

        // Every model of the hat has the BME280: its fault leads.
        throw new SensorException(climate.Fault, $"No Enviro hat found. {climate.Message} {light.Message}", climate.BusId, climate.Address, climate);
    }
}
