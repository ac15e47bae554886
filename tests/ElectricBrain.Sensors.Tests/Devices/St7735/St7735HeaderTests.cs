using ElectricBrain.Sensors.Devices.St7735;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Devices.St7735;

public sealed class St7735HeaderTests
{
    [Fact]
    public async Task OpenOn_SimulatedHeader_ShowsThePictureAndGivesThePinsBack()
    {
        var clock = new VirtualTimeProvider();
        var enviro = new SimulatedEnviro(timeProvider: clock);
        using (var display = St7735Display.OpenOn(enviro.Header, timeProvider: clock))
        {
            await display.InitializeAsync(TestContext.Current.CancellationToken);
            Assert.True(enviro.Display.IsShowing);
            Assert.True(enviro.Gpio.IsOutput(12));
        }

        Assert.False(enviro.Gpio.IsOutput(12));
        Assert.True(enviro.Display.IsAsleep);
    }

    [Fact]
    public async Task OpenOn_PinIsHeldByAnother_SaysSo()
    {
        var enviro = new SimulatedEnviro();
        enviro.Gpio.BusyPin = 9;
        using var display = St7735Display.OpenOn(enviro.Header);

        await Assert.ThrowsAsync<SensorException>(async () => await display.InitializeAsync(TestContext.Current.CancellationToken));
    }
}
