using ElectricBrain.Telemetry.Clock;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Clock;

public sealed class HeldDeliveryTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly BoardClock _clock = new(Samples.Start);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task WriteAsync_ClockNotSet_DeliversToEverySinkOnceItIs()
    {
        _clock.Reboot(DateTimeOffset.UnixEpoch);
        var (one, other) = (new ScriptedSink("one"), new ScriptedSink("other"));
        await using var pipeline = new TelemetryPipeline(
            new TelemetryOptions { OutboxDirectory = _directory.Path, SegmentBytes = 128 << 10, DrainTimeout = TimeSpan.Zero }, [one, other], _clock, null, null, _clock);
        await pipeline.StartAsync(Cancel);
        await pipeline.WriteAsync(new[] { new TelemetryRecord(Samples.Temperature, _clock.GetUtcNow(), 1) }, Cancel);
        Assert.Equal((ClockState.Awaited, 1), (pipeline.GetStatus().Outbox.Clock, pipeline.GetStatus().Sinks[0].Pending));

        _clock.Synchronise();
        var stored = Task.WhenAll(one.StoredAsync(1), other.StoredAsync(1));
        while (!stored.IsCompleted)
        {
            Assert.True(pipeline.GetStatus().Outbox.Clock != ClockState.Awaited || one.Stored.Count == 0);
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stored;
        Assert.Equal(ClockState.Synchronized, pipeline.GetStatus().Outbox.Clock);
        Assert.StartsWith("{\"@timestamp\":\"2026-11-24T06:57:00.123Z\"", Assert.Single(one.Stored), StringComparison.Ordinal);
        Assert.Equal(one.Stored, other.Stored);
    }

    [Fact]
    public void IsTrusted_ThisMachine_AsksTheKernelWithoutChangingAnything()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Asks Linux.");
        var clock = new LinuxClock(OutboxGrace.ReadBootId());
        Assert.NotNull(clock.Boot);

        // Whatever the answer is, asking again gives the same.
        Assert.Equal(clock.IsTrusted(), clock.IsTrusted());
    }
}
