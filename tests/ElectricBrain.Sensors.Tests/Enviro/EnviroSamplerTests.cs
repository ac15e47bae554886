using System.Threading.Channels;
using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Sensors.Tests.Clocks;
using ElectricBrain.Sensors.Tests.Soak;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Sensors.Tests.Enviro;

public sealed class EnviroSamplerTests : IDisposable
{
    private static readonly EnviroConditions Room = new(21, 45, 101_325, 300, 10);

    private readonly EventClock _clock = new();
    private readonly SimulatedEnviro _simulated;
    private readonly EnviroHat _hat;

    public EnviroSamplerTests()
    {
        _simulated = new SimulatedEnviro(EnviroScene.Constant(Room), _clock);
        _hat = EnviroHat.OpenOn(_simulated.Header, new EnviroHatOptions { Bme280 = new Bme280Settings { Mode = Bme280Mode.Normal } }, _clock);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_SensorsOfDifferentRates_ReadsEachAtItsOwn()
    {
        var options = new EnviroSamplerOptions { Bme280 = TimeSpan.FromSeconds(1), Ltr559 = TimeSpan.FromMilliseconds(200), Mics6814 = TimeSpan.FromSeconds(5), Pms5003 = null, Microphone = null };
        var sampler = new EnviroSampler(_hat, options, _clock);
        var stream = sampler.Subscribe(capacity: 1_000);

        await RunForAsync(sampler, TimeSpan.FromSeconds(10.1));

        var readings = await stream.ToListAsync(Token);
        Assert.Equal(51, readings.Count);
        Assert.Equal(11, readings.Count(reading => reading.Sensors.HasFlag(EnviroSensors.Bme280)));
        Assert.Equal(51, readings.Count(reading => reading.Sensors.HasFlag(EnviroSensors.Ltr559)));
        Assert.Equal(3, readings.Count(reading => reading.Sensors.HasFlag(EnviroSensors.Mics6814)));
        Assert.All(readings, reading => Assert.Equal(reading.Sensors.HasFlag(EnviroSensors.Bme280), reading.TemperatureCelsius is not null));
        Assert.Equal((51, 0), (sampler.Readings, sampler.SkippedTicks(EnviroSensors.All)));
    }

    [Fact]
    public async Task RunAsync_ForHours_StaysOnTheGrid()
    {
        using var hat = EnviroHat.OpenSimulated(new SoakScene(seed: 1), _clock);
        var options = EveryTick(TimeSpan.FromSeconds(1.5));
        options.Bme280 = null;
        var sampler = new EnviroSampler(hat, options, _clock);
        var stream = sampler.Subscribe(capacity: 10_000);

        await RunForAsync(sampler, TimeSpan.FromHours(3));

        var readings = await stream.ToListAsync(Token);
        Assert.Equal(7_201, readings.Count);
        // The first reading also starts the chips.
        Assert.All(readings.Skip(1), reading => Assert.Equal(0, (reading.Timestamp - _clock.GetUtcNow()).Ticks % TimeSpan.FromSeconds(1.5).Ticks));
    }

    [Fact]
    public async Task TryGetLatest_SensorsOfDifferentRates_PutsTheirLatestTogether()
    {
        var options = EveryTick(TimeSpan.FromSeconds(1));
        options.Bme280 = TimeSpan.FromMinutes(1);
        var sampler = new EnviroSampler(_hat, options, _clock);
        Assert.False(sampler.TryGetLatest(out _, out _));

        await RunForAsync(sampler, TimeSpan.FromSeconds(10.25));

        Assert.True(sampler.TryGetLatest(out var latest, out var age));
        Assert.Equal(TimeSpan.FromMilliseconds(250), age);
        Assert.Equal(Room.TemperatureCelsius, latest.TemperatureCelsius!.Value, 0.01);
        Assert.Equal(Room.ProximityCounts, latest.ProximityCounts);
        Assert.Equal(EnviroSensors.All & ~EnviroSensors.Mics6814, latest.Sensors);
    }

    [Fact]
    public async Task TryGetLatest_SensorFailedSince_HasItsFault()
    {
        var sampler = new EnviroSampler(_hat, EveryTick(TimeSpan.FromSeconds(1)), _clock);
        using var stop = new CancellationTokenSource();
        var run = sampler.RunAsync(stop.Token);
        _clock.Advance(TimeSpan.FromSeconds(5));

        _simulated.Bme280.IsConnected = false;
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(sampler.TryGetLatest(out var latest, out _));
        Assert.Null(latest.TemperatureCelsius);
        Assert.NotNull(latest.Bme280.Message);
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task Subscribe_ReaderThatDoesNotRead_HoldsNobody()
    {
        var sampler = new EnviroSampler(_hat, EveryTick(TimeSpan.FromSeconds(1)), _clock);
        var (slow, quick) = (sampler.Subscribe(capacity: 1), sampler.Subscribe(capacity: 100));

        await RunForAsync(sampler, TimeSpan.FromSeconds(50.5));

        Assert.Equal(51, (await quick.ToListAsync(Token)).Count);
        Assert.Equal(sampler.TryGetLatest(out var latest, out _) ? latest.Timestamp : default, Assert.Single(await slow.ToListAsync(Token)).Timestamp);
        Assert.Equal((50, 0), (slow.Dropped, quick.Dropped));
        Assert.Equal(0, sampler.SkippedTicks(EnviroSensors.All));
    }

    [Fact]
    public async Task Subscribe_ReaderToBeWaitedFor_SkipsTicksAndLosesNothing()
    {
        var sampler = new EnviroSampler(_hat, EveryTick(TimeSpan.FromSeconds(1)), _clock);
        var (patient, other) = (sampler.Subscribe(capacity: 1, BoundedChannelFullMode.Wait), sampler.Subscribe(capacity: 100));
        using var stop = new CancellationTokenSource();
        var run = sampler.RunAsync(stop.Token);
        _clock.Advance(TimeSpan.FromSeconds(10.5));

        // The second reading waits for room; the others have it.
        Assert.Equal(2, sampler.Readings);
        var reader = patient.GetAsyncEnumerator(Token);
        Assert.True(await reader.MoveNextAsync());
        await Eventually(() => sampler.Readings == 3);
        // Of each of the four sensors: the first is late, the others are skipped; particles have fewer ticks.
        Assert.Equal(8 * 4, sampler.SkippedTicks(EnviroSensors.All));
        await stop.CancelAsync();
        await run;
        var rest = 0;
        while (await reader.MoveNextAsync())
        {
            rest++;
        }

        Assert.Equal(sampler.Readings, (await other.ToListAsync(Token)).Count);
        Assert.InRange(rest, 1, 2);
        Assert.Equal(0, patient.Dropped);
    }

    [Fact]
    public async Task Subscribe_AfterTheEnd_IsEmpty()
    {
        var sampler = new EnviroSampler(_hat, EveryTick(TimeSpan.FromSeconds(1)), _clock);
        await RunForAsync(sampler, TimeSpan.FromSeconds(2));

        Assert.Empty(await sampler.Subscribe().ToListAsync(Token));
        Assert.Empty(await sampler.SubscribeWindows(TimeSpan.FromSeconds(1)).ToListAsync(Token));
    }

    [Fact]
    public async Task SubscribeWindows_Running_GivesTheWindowsOfTheClock()
    {
        var sampler = new EnviroSampler(_hat, EveryTick(TimeSpan.FromSeconds(1)), _clock);
        _clock.Advance(TimeSpan.FromSeconds(3.5));
        var stream = sampler.SubscribeWindows(TimeSpan.FromSeconds(10));

        await RunForAsync(sampler, TimeSpan.FromSeconds(30));

        var windows = await stream.ToListAsync(Token);
        Assert.Equal([false, true, true, false], windows.Select(window => window.IsComplete));
        Assert.Equal([7, 10, 10, 4], windows.Select(window => window.Readings));
        Assert.All(windows, window => Assert.Equal(0, window.Start.Second % 10));
        Assert.All(windows, window => Assert.True(window.IsSimulated));
        var temperature = windows[1][EnviroQuantity.Temperature]!.Value;
        Assert.Equal((10, 0.0), (temperature.Count, temperature.StandardDeviation));
        Assert.Equal(Room.TemperatureCelsius, temperature.Mean, 0.01);
        Assert.Null(windows[1][EnviroQuantity.Pm25]);
    }

    [Fact]
    public async Task RunAsync_Twice_IsRefused()
    {
        var sampler = new EnviroSampler(_hat, EveryTick(TimeSpan.FromSeconds(1)), _clock);
        await RunForAsync(sampler, TimeSpan.Zero);

        await Assert.ThrowsAsync<InvalidOperationException>(() => sampler.RunAsync(Token));
    }

    [Fact]
    public async Task RunAsync_HatDisposed_EndsTheStreamsAndThrows()
    {
        var sampler = new EnviroSampler(_hat, EveryTick(TimeSpan.FromSeconds(1)), _clock);
        var stream = sampler.Subscribe();
        var run = sampler.RunAsync(Token);
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        _hat.Dispose();

        _clock.Advance(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<ObjectDisposedException>(() => run);
        Assert.Single(await stream.ToListAsync(Token));
    }

    [Fact]
    public async Task RunAsync_SteadyState_AllocatesNothing()
    {
        var options = EveryTick(TimeSpan.FromMilliseconds(200));
        var sampler = new EnviroSampler(_hat, options, _clock);
        using var readings = sampler.Subscribe(capacity: 4);
        using var windows = sampler.SubscribeWindows(TimeSpan.FromDays(7));
        using var stop = new CancellationTokenSource();
        var run = sampler.RunAsync(stop.Token);
        _clock.Advance(TimeSpan.FromSeconds(20));
        var before = sampler.Readings;

        Assert.Equal(0, Allocations.FewestOf(() => _clock.Advance(TimeSpan.FromSeconds(20))));

        Assert.Equal(500, sampler.Readings - before);
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public void Options_SeveralProblems_AreAllNamed()
    {
        var options = new EnviroSamplerOptions { Bme280 = TimeSpan.FromMilliseconds(1), Ltr559 = TimeSpan.FromDays(2) };

        var exception = Assert.Throws<ArgumentException>(() => new EnviroSampler(_hat, options, _clock));

        Assert.Equal(
            "Bme280 is 00:00:00.0010000. Use 10 ms to one day, or null to leave the sensor out. Ltr559 is 2.00:00:00. Use 10 ms to one day, or null to leave the sensor out.",
            exception.Message);
    }

    [Fact]
    public void Options_NoSensor_IsRefused()
    {
        var options = EveryTick(null);

        var exception = Assert.Throws<ArgumentException>(() => new EnviroSampler(_hat, options, _clock));

        Assert.Equal("EnviroSamplerOptions has no interval for any sensor. Set one at least.", exception.Message);
    }

    public void Dispose() => _hat.Dispose();

    private static EnviroSamplerOptions EveryTick(TimeSpan? interval)
    {
        var options = new EnviroSamplerOptions();
        options.SetAll(interval);
        // Its converter takes its time, which has to pass on the clock.
        options.Mics6814 = null;
        return options;
    }

    private async Task RunForAsync(EnviroSampler sampler, TimeSpan time)
    {
        using var stop = new CancellationTokenSource();
        var run = sampler.RunAsync(stop.Token);
        _clock.Advance(time);
        await stop.CancelAsync();
        await run;
    }

    private static async Task Eventually(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(1, Token);
        }
    }
}
