using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Simulation.Scenes;

namespace ElectricBrain.Sensors.Tests.Devices.Pms5003;

public sealed class Pms5003SensorTests
{
    private static readonly Pms5003Mass Air = new(5, 13, 22);
    private static readonly Pms5003Settings Passive = new() { Mode = Pms5003Mode.Passive };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MeasureAsync_Active_GivesTheAir()
    {
        using var bench = new Pms5003Bench();
        await bench.StartAsync();

        var reading = (await bench.MeasureAsync())!.Value;

        Assert.Equal((Air, Air), (reading.Atmospheric, reading.Standard));
        Assert.Equal(2050, reading.Counts.Above300Nanometres);
    }

    [Fact]
    public async Task MeasureAsync_Active_FollowsTheAir()
    {
        using var bench = new Pms5003Bench();
        await bench.StartAsync();
        bench.Air = new ParticleConcentrations(50, 80, 95);
        await bench.PassAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(new Pms5003Mass(50, 80, 95), (await bench.MeasureAsync())!.Value.Atmospheric);
    }

    [Fact]
    public async Task MeasureAsync_WarmingUp_IsNull()
    {
        using var bench = new Pms5003Bench();
        await bench.StartAsync(TimeSpan.FromSeconds(28));
        Assert.Null(await bench.MeasureAsync());

        await bench.PassAsync(TimeSpan.FromSeconds(3));
        Assert.NotNull(await bench.MeasureAsync());
    }

    [Fact]
    public async Task MeasureAsync_ZerosOfTheStart_AreNoValue()
    {
        using var bench = new Pms5003Bench(new Pms5003Settings { WarmUp = TimeSpan.Zero });
        await bench.StartAsync(TimeSpan.FromSeconds(4));
        Assert.Null(await bench.MeasureAsync());

        await bench.PassAsync(TimeSpan.FromSeconds(4));
        Assert.NotNull(await bench.MeasureAsync());
    }

    [Fact]
    public async Task MeasureAsync_Passive_AsksTheSensor()
    {
        using var bench = new Pms5003Bench(Passive);
        await bench.StartAsync();
        Assert.False(bench.Device.IsActive);
        bench.Air = new ParticleConcentrations(50, 80, 95);

        Assert.Equal(new Pms5003Mass(50, 80, 95), (await bench.MeasureAsync())!.Value.Atmospheric);
    }

    [Fact]
    public async Task MeasureAsync_PassiveSensorDoesNotAnswer_IsAFault()
    {
        using var bench = new Pms5003Bench(Passive);
        await bench.StartAsync();
        bench.Device.IgnoreCommands(1);

        Assert.Equal(SensorFault.NoAnswer, (await Assert.ThrowsAsync<SensorException>(bench.MeasureAsync)).Fault);
        Assert.NotNull(await bench.MeasureAsync());
    }

    [Fact]
    public async Task InitializeAsync_CommandsLost_AreRepeated()
    {
        using var bench = new Pms5003Bench(Passive);
        bench.Device.IgnoreCommands(3);

        await bench.StartAsync();

        Assert.NotNull(await bench.MeasureAsync());
    }

    [Fact]
    public async Task InitializeAsync_ModeNotAcknowledged_SaysSo()
    {
        using var bench = new Pms5003Bench(Passive);
        bench.Device.IgnoreCommands(100);

        var exception = await Assert.ThrowsAsync<SensorException>(() => bench.StartAsync());

        Assert.Equal(SensorFault.NoAnswer, exception.Fault);
        Assert.Contains("PMS5003 at /dev/ttyS9 does not change its mode (3 attempts)", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(bench.MeasureAsync);
    }

    [Fact]
    public async Task SleepAsync_ThenWake_StopsTheFanAndWarmsUpAnew()
    {
        using var bench = new Pms5003Bench();
        var sensor = await bench.StartAsync();

        await bench.WhileTimePassesAsync(sensor.SleepAsync(Token).AsTask());
        Assert.False(bench.Device.IsRunning);
        await bench.PassAsync(TimeSpan.FromSeconds(60));
        Assert.Null(await bench.MeasureAsync());

        await bench.WhileTimePassesAsync(sensor.WakeAsync(Token).AsTask());
        Assert.True(bench.Device.IsRunning);
        Assert.Null(await bench.MeasureAsync());
        await bench.PassAsync(TimeSpan.FromSeconds(31));
        Assert.NotNull(await bench.MeasureAsync());
    }

    [Fact]
    public async Task WakeAsync_PassiveSensor_IsPassiveAgain()
    {
        using var bench = new Pms5003Bench(Passive);
        var sensor = await bench.StartAsync();
        await bench.WhileTimePassesAsync(sensor.SleepAsync(Token).AsTask());

        await bench.WhileTimePassesAsync(sensor.WakeAsync(Token).AsTask());

        Assert.False(bench.Device.IsActive);
    }

    [Fact]
    public async Task SetModeAsync_OtherMode_IsTakenAndMeasuredWith()
    {
        using var bench = new Pms5003Bench();
        var sensor = await bench.StartAsync();

        await bench.WhileTimePassesAsync(sensor.SetModeAsync(Pms5003Mode.Passive, Token).AsTask());
        Assert.False(bench.Device.IsActive);
        Assert.NotNull(await bench.MeasureAsync());

        await bench.WhileTimePassesAsync(sensor.SetModeAsync(Pms5003Mode.Active, Token).AsTask());
        await bench.PassAsync(TimeSpan.FromSeconds(3));
        Assert.True(bench.Device.IsActive);
        Assert.NotNull(await bench.MeasureAsync());
    }

    [Fact]
    public async Task InitializeAsync_SensorLeftAsleep_WakesIt()
    {
        using var bench = new Pms5003Bench();
        var sensor = await bench.StartAsync();
        await bench.WhileTimePassesAsync(sensor.SleepAsync(Token).AsTask());

        await bench.StartAsync();

        Assert.True(bench.Device.IsRunning);
        Assert.NotNull(await bench.MeasureAsync());
    }

    [Fact]
    public async Task InitializeAsync_Pins_SwitchOnAndReset()
    {
        using var bench = new Pms5003Bench(hasPins: true);
        Assert.False(bench.Device.IsRunning);
        var starting = bench.Sensor.InitializeAsync(Token).AsTask();

        Assert.True(bench.Pins.IsHigh(22));
        Assert.False(bench.Pins.IsHigh(27));
        await bench.WhileTimePassesAsync(starting);
        Assert.True(bench.Pins.IsHigh(27));
        Assert.True(bench.Device.IsRunning);

        bench.Sensor.Dispose();
        Assert.False(bench.Device.IsRunning);
    }

    [Fact]
    public async Task Dispose_WithoutPins_LetsTheSensorSleepAndClosesThePort()
    {
        using var bench = new Pms5003Bench();
        var sensor = await bench.StartAsync();

        sensor.Dispose();

        Assert.False(bench.Device.IsRunning);
        Assert.False(bench.Device.Line.IsOpen);
    }

    [Fact]
    public async Task MeasureAsync_NotInitialized_Throws()
    {
        using var bench = new Pms5003Bench();

        await Assert.ThrowsAsync<InvalidOperationException>(bench.MeasureAsync);
    }

    [Fact]
    public void Identify_PortMissing_IsAFaultWithARemedy()
    {
        using var sensor = Pms5003Sensor.OnSerialPort("/dev/ttyNoSuchPort");

        var exception = Assert.Throws<SensorException>(sensor.Identify);

        Assert.Equal(SensorFault.BusMissing, exception.Fault);
        Assert.Contains("/dev/ttyNoSuchPort does not exist", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Identify_NotASerialPort_SaysSo()
    {
        using var sensor = Pms5003Sensor.OnSerialPort("/dev/null");

        Assert.Contains("/dev/null", Assert.Throws<SensorException>(sensor.Identify).Message, StringComparison.Ordinal);
    }
}
