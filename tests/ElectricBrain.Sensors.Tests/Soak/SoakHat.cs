using System.Device.I2c;
using ElectricBrain.Sensors.Devices.Ads1015;
using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Devices.Ltr559;
using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Sensors.Simulation.Faults;
using ElectricBrain.Sensors.Tests.Clocks;
using Microsoft.Extensions.Logging.Abstractions;

namespace ElectricBrain.Sensors.Tests.Soak;

/// <summary>All sensors of a hat over simulated chips, with faults in between; each seed has other settings.</summary>
internal sealed class SoakHat : IDisposable
{
    private readonly I2cBus _bus;
    private readonly SensorChannel<Bme280Reading> _climate;
    private readonly SensorChannel<Ltr559Reading> _light;
    private readonly SensorChannel<Mics6814Reading> _gas;
    private readonly SensorChannel<Pms5003Reading> _particles;
    private readonly IDisposable[] _sensors;

    public SoakHat(int seed, FaultPlan faults, EventClock clock)
    {
        Scene = new SoakScene(seed);
        Elements = new SimulatedMics6814(Scene, timeProvider: clock);
        var pms5003 = new SimulatedPms5003(Scene, timeProvider: clock, seed: seed);
        _bus = faults.On(new SimulatedI2cBus(
            1,
            new SimulatedBme280(Scene, clock),
            new SimulatedLtr559(Scene, clock),
            new SimulatedAds1015(Elements.VoltageAt, clock, seed % 2 == 0 ? Ads1015Model.Ads1015 : Ads1015Model.Ads1115)));

        var climateSettings = new Bme280Settings
        {
            Mode = seed % 2 == 0 ? Bme280Mode.Forced : Bme280Mode.Normal,
            Temperature = (Bme280Oversampling)(1 + seed % 5),
            Pressure = (Bme280Oversampling)(1 + seed / 2 % 5),
            Humidity = (Bme280Oversampling)(1 + seed / 3 % 5),
            Standby = Bme280Standby.Ms125,
        };
        var lightSettings = new Ltr559Settings
        {
            Integration = seed % 3 == 0 ? Ltr559Integration.Ms50 : Ltr559Integration.Ms100,
            LedPulses = 1 + seed % 15,
        };
        var climate = new Bme280Sensor(_bus.CreateDevice(Bme280Sensor.DefaultAddress), climateSettings, clock);
        var light = new Ltr559Sensor(_bus.CreateDevice(Ltr559Sensor.DefaultAddress), lightSettings, clock);
        var converter = new Ads1015Converter(_bus.CreateDevice(Ads1015Converter.EnviroAddress), timeProvider: clock);
        var gas = new Mics6814Sensor(converter, null, new Mics6814Settings { WarmUp = TimeSpan.FromSeconds(1) }, clock);
        var particles = new Pms5003Sensor(() => faults.On(pms5003.Line.Open()), "/dev/ttyS9", timeProvider: clock);
        _sensors = [climate, light, gas, particles];
        _climate = new SensorChannel<Bme280Reading>("BME280", climate, clock, NullLogger.Instance);
        _light = new SensorChannel<Ltr559Reading>("LTR559", light, clock, NullLogger.Instance);
        _gas = new SensorChannel<Mics6814Reading>("MICS6814", gas, clock, NullLogger.Instance);
        _particles = new SensorChannel<Pms5003Reading>("PMS5003", particles, clock, NullLogger.Instance);
    }

    public SoakScene Scene { get; }

    public SimulatedMics6814 Elements { get; }

    public async ValueTask<SoakReading> ReadAsync() => new(
        await _climate.SampleAsync(CancellationToken.None),
        await _light.SampleAsync(CancellationToken.None),
        await _gas.SampleAsync(CancellationToken.None),
        await _particles.SampleAsync(CancellationToken.None));

    public void Dispose()
    {
        foreach (var sensor in _sensors)
        {
            sensor.Dispose();
        }

        _bus.Dispose();
    }
}
