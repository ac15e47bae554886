using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Simulation.Chips;

public sealed class SimulatedBme280Tests
{
    private readonly VirtualTimeProvider _clock = new();

    [Fact]
    public void Registers_AfterPowerOn_ShowNoMeasurement()
    {
        var device = new SimulatedI2cBus(1, new SimulatedBme280(new DayCycleScene(), _clock)).CreateDevice(Bme280Sensor.DefaultAddress);
        Span<byte> data = stackalloc byte[8];

        device.WriteRead([0xF7], data);

        Assert.Equal("8000008000008000", Convert.ToHexString(data));
    }

    [Fact]
    public void Forced_OncePerTrigger_ThenSleeps()
    {
        var device = new SimulatedI2cBus(1, new SimulatedBme280(new DayCycleScene(), _clock)).CreateDevice(Bme280Sensor.DefaultAddress);
        Span<byte> control = stackalloc byte[2];
        _clock.Advance(TimeSpan.FromMilliseconds(2));
        device.Write([0xF2, 0x01, 0xF4, 0x25]);

        device.WriteRead([0xF3], control);
        Assert.Equal((0x08, 0x25), (control[0], control[1]));

        _clock.Advance(TimeSpan.FromMilliseconds(9.3));
        device.WriteRead([0xF3], control);
        Assert.Equal((0x00, 0x24), (control[0], control[1]));
    }

    [Fact]
    public async Task Filter_StepOfTemperature_IsFollowedSlowly()
    {
        var warm = false;
        var scene = new SwitchedScene(() => warm ? 30 : 20);
        using var sensor = new Bme280Sensor(
            new SimulatedI2cBus(1, new SimulatedBme280(scene, _clock)).CreateDevice(Bme280Sensor.DefaultAddress),
            new Bme280Settings { Filter = Bme280Filter.X4 },
            _clock);
        await sensor.InitializeAsync(TestContext.Current.CancellationToken);
        warm = true;

        var first = await sensor.MeasureAsync(TestContext.Current.CancellationToken);
        var second = await sensor.MeasureAsync(TestContext.Current.CancellationToken);

        // A quarter of the way each time.
        Assert.Equal(22.5, first.TemperatureCelsius!.Value, 0.02);
        Assert.Equal(24.375, second.TemperatureCelsius!.Value, 0.02);
    }

    private sealed class SwitchedScene(Func<double> celsius) : EnviroScene
    {
        public override EnviroConditions At(DateTimeOffset time) => new(celsius(), 50, 100_000, 100, 0);
    }
}
