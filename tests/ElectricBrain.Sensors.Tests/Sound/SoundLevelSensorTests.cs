using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Sound;
using ElectricBrain.Sensors.Sound.Levels;
using ElectricBrain.Sensors.Tests.Clocks;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Sensors.Tests.Sound;

public sealed class SoundLevelSensorTests
{
    private static readonly double[] OneReading = Pcm.Sine(Pcm.OnePascal, 1000, 48_000, 1.6);
    private static readonly SensorException Unplugged = new(SensorFault.NoAnswer, "The microphone was unplugged.");

    private readonly VirtualTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MeasureAsync_FaultInTheMiddle_OpensAgainAfterAPause()
    {
        var source = new ScriptedSource(OneReading, Unplugged, OneReading);
        using var sensor = new SoundLevelSensor(source, timeProvider: _time);

        var readings = await sensor.MeasureAsync(Cancellation).ToListAsync(Cancellation);

        Assert.Equal([SensorState.Ok, SensorState.Failed, SensorState.Ok], readings.Select(reading => reading.Health.State));
        Assert.Equal(Unplugged.Message, readings[1].Health.Message);
        Assert.Equal(TimeSpan.Zero, readings[1].Duration);
        Assert.Equal(91, Assert.NotNull(readings[2].Levels).A.Equivalent, 0.08);
        Assert.Equal(2, source.Openings);
        Assert.Equal(TimeSpan.FromSeconds(1), _time.Elapsed);
    }

    [Fact]
    public async Task MeasureAsync_DeviceThatStaysAway_IsTriedEverMoreRarely()
    {
        var faults = Enumerable.Repeat(ScriptedSource.OpeningFails(Unplugged), 8);
        using var sensor = new SoundLevelSensor(new ScriptedSource([.. faults, OneReading, Unplugged, OneReading]), timeProvider: _time);

        var readings = await sensor.MeasureAsync(Cancellation).ToListAsync(Cancellation);

        // 1, 2, 4, 8, 16, and 30 s three times; after a reading again 1 s.
        Assert.Equal(TimeSpan.FromSeconds(31 + 90 + 1), _time.Elapsed);
        Assert.All(readings[..8], reading => Assert.Equal(readings[0].Health.Since, reading.Health.Since));
        Assert.Equal(SensorState.Ok, readings[^1].Health.State);
    }

    [Fact]
    public async Task MeasureAsync_Gap_DropsTheIntervalAndSettlesAnew()
    {
        var half = Pcm.Sine(0.5, 1000, 48_000, 1.2);
        using var sensor = new SoundLevelSensor(new ScriptedSource(half, ScriptedSource.Gap, OneReading), timeProvider: _time);

        var reading = Assert.Single(await sensor.MeasureAsync(Cancellation).ToListAsync(Cancellation));

        Assert.Equal(91, Assert.NotNull(reading.Levels).A.Slow.Maximum, 0.08);
    }

    [Fact]
    public async Task MeasureAsync_FaultAndRecovery_AreLoggedOnceEach()
    {
        var logger = new RecordingLogger();
        var silence = new double[48_000 * 3];
        using var sensor = new SoundLevelSensor(
            new ScriptedSource(ScriptedSource.OpeningFails(Unplugged), ScriptedSource.OpeningFails(Unplugged), silence, OneReading, OneReading),
            timeProvider: _time,
            logger: logger);

        await foreach (var reading in sensor.MeasureAsync(Cancellation))
        {
            Assert.Equal(reading.Health, sensor.Health);
        }

        Assert.Equal([LogLevel.Warning, LogLevel.Warning, LogLevel.Information], logger.Levels);
    }

    [Fact]
    public async Task MeasureAsync_Cancelled_Ends()
    {
        using var cancellation = new CancellationTokenSource();
        using var sensor = new SoundLevelSensor(new ScriptedSource(OneReading, OneReading, OneReading), timeProvider: _time);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in sensor.MeasureAsync(cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task MeasureAsync_OptionsThatDoNotSuitTheSource_AreRefused()
    {
        using var sensor = new SoundLevelSensor(new ScriptedSource(OneReading), new SoundLevelMeterOptions { Channel = 1 }, _time);

        await Assert.ThrowsAsync<ArgumentException>(() => sensor.MeasureAsync(Cancellation).ToListAsync(Cancellation).AsTask());
    }

    [Fact]
    public void Dispose_Sensor_DisposesTheSource()
    {
        var source = new ScriptedSource();

        new SoundLevelSensor(source).Dispose();

        Assert.True(source.IsDisposed);
    }

    private sealed class RecordingLogger : ILogger<SoundLevelSensor>
    {
        public List<LogLevel> Levels { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Levels.Add(logLevel);
    }
}
