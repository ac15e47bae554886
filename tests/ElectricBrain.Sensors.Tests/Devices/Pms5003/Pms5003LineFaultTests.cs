using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;
using Microsoft.Extensions.Logging.Abstractions;

namespace ElectricBrain.Sensors.Tests.Devices.Pms5003;

public sealed class Pms5003LineFaultTests
{
    private static readonly Pms5003Mass Air = new(5, 13, 22);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MeasureAsync_Silence_IsAFaultAfterTenSeconds()
    {
        using var bench = new Pms5003Bench();
        await bench.StartAsync();
        bench.Device.Line.IsSilent = true;
        await bench.PassAsync(TimeSpan.FromSeconds(7));
        Assert.NotNull(await bench.MeasureAsync());

        await bench.PassAsync(TimeSpan.FromSeconds(4));
        Assert.Contains("cable", (await Assert.ThrowsAsync<SensorException>(bench.MeasureAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MeasureAsync_SilentFromTheStart_IsAFaultAlsoWhileWarmingUp()
    {
        using var bench = new Pms5003Bench();
        bench.Device.Line.IsSilent = true;
        await bench.StartAsync(TimeSpan.FromSeconds(11));

        Assert.Equal(SensorFault.NoAnswer, (await Assert.ThrowsAsync<SensorException>(bench.MeasureAsync)).Fault);
    }

    [Fact]
    public async Task MeasureAsync_OnlyGarbage_PointsToTheConsole()
    {
        using var bench = new Pms5003Bench();
        bench.Device.Line.TearNext(1_000);
        await bench.StartAsync(TimeSpan.FromSeconds(8));
        bench.Device.Line.SendGarbage(500);
        await bench.PassAsync(TimeSpan.FromSeconds(3));

        var exception = await Assert.ThrowsAsync<SensorException>(bench.MeasureAsync);

        Assert.Equal(SensorFault.InvalidData, exception.Fault);
        Assert.Contains("console", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MeasureAsync_TornAndCorruptFramesAndGarbage_GivesOnlyTheAir()
    {
        using var bench = new Pms5003Bench();
        await bench.StartAsync();
        for (var round = 0; round < 20; round++)
        {
            bench.Device.Line.TearNext();
            bench.Device.Line.CorruptNext();
            bench.Device.Line.SendGarbage(7 * round);
            await bench.PassAsync(TimeSpan.FromSeconds(4.8));

            Assert.Equal(Air, (await bench.MeasureAsync())!.Value.Atmospheric);
        }
    }

    [Fact]
    public async Task MeasureAsync_PortVanished_IsAFaultAndTheNextStartOpensItAgain()
    {
        using var bench = new Pms5003Bench();
        await bench.StartAsync();
        bench.Device.Line.IsConnected = false;
        await bench.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(SensorFault.NoAnswer, (await Assert.ThrowsAsync<SensorException>(bench.MeasureAsync)).Fault);

        bench.Device.Line.IsConnected = true;
        await bench.StartAsync();
        Assert.Equal(Air, (await bench.MeasureAsync())!.Value.Atmospheric);
    }

    [Fact]
    public async Task SampleAsync_PortVanishesAndReturns_HealthFollows()
    {
        using var bench = new Pms5003Bench();
        var channel = new SensorChannel<Pms5003Reading>("PMS5003", bench.Sensor, bench.Clock, NullLogger.Instance);

        Task<Pms5003Reading?> SampleAsync() => bench.WhileTimePassesAsync(channel.SampleAsync(Token).AsTask());
        await SampleAsync();
        Assert.Equal(SensorState.WarmingUp, channel.Health.State);
        await bench.PassAsync(TimeSpan.FromSeconds(35));
        await SampleAsync();
        Assert.Equal(SensorState.Ok, channel.Health.State);

        bench.Device.Line.IsConnected = false;
        await bench.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Null(await SampleAsync());
        Assert.Equal((SensorState.Retrying, SensorFault.NoAnswer), (channel.Health.State, channel.Health.Fault));

        bench.Device.Line.IsConnected = true;
        await SampleAsync();
        await bench.PassAsync(TimeSpan.FromSeconds(35));
        Assert.Equal(Air, (await SampleAsync())!.Value.Atmospheric);
        Assert.Equal(SensorState.Ok, channel.Health.State);
    }
}
