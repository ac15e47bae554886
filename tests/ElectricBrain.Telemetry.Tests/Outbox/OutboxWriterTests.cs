using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Telemetry.Tests.Outbox;

public sealed class OutboxWriterTests : IDisposable
{
    private const int SegmentBytes = 128 << 10;

    private readonly OutboxLog _log = OutboxLog.Open(new UnreliableDisk(new Random(1)), SegmentBytes, 2 * SegmentBytes, static _ => { });

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task WriteAsync_OutboxFull_WaitsForRoomAndIsCounted()
    {
        var writer = new OutboxWriter(_log, static () => { });
        for (var i = 0; i < 4; i++)
        {
            await writer.WriteAsync(Large(), TestContext.Current.CancellationToken);
        }

        var blocked = writer.WriteAsync(Large(), TestContext.Current.CancellationToken);
        while (writer.Blocked == 0)
        {
            await Task.Yield();
        }

        Assert.False(blocked.IsCompleted);
        _log.Release(4);
        writer.RoomChanged();
        await blocked;
        Assert.Equal((5, 1), (writer.Written, writer.Blocked));
        await writer.StopAsync();
    }

    [Fact]
    public async Task WriteAsync_CancelledWhileFull_IsNotStored()
    {
        var writer = new OutboxWriter(_log, static () => { });
        for (var i = 0; i < 4; i++)
        {
            await writer.WriteAsync(Large(), TestContext.Current.CancellationToken);
        }

        using var cancel = new CancellationTokenSource();
        var cancelled = writer.WriteAsync(Large(), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        _log.Release(4);
        writer.RoomChanged();
        await writer.StopAsync();
        Assert.Equal(4, _log.DurableSequence);
    }

    [Fact]
    public async Task StopAsync_OutboxFull_RefusesWhatWaits()
    {
        var writer = new OutboxWriter(_log, static () => { });
        for (var i = 0; i < 4; i++)
        {
            await writer.WriteAsync(Large(), TestContext.Current.CancellationToken);
        }

        var blocked = writer.WriteAsync(Large(), TestContext.Current.CancellationToken);
        await writer.StopAsync();
        var refused = await Assert.ThrowsAsync<OutboxWriteException>(() => blocked);
        Assert.Contains("it is full", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_MoreThanTheOutboxMayHold_IsRefusedAtOnce()
    {
        var writer = new OutboxWriter(_log, static () => { });
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => writer.WriteAsync(Large(10), TestContext.Current.CancellationToken));
        Assert.Contains("write fewer at once or raise MaxOutboxBytes", refused.Message, StringComparison.Ordinal);
        await writer.StopAsync();
    }

    [Fact]
    public async Task WriteAsync_FullAndDropNewest_CompletesWithoutStoringAndCounts()
    {
        var writer = new OutboxWriter(_log, static () => { }, OutboxFullPolicy.DropNewest);
        for (var i = 0; i < 7; i++)
        {
            await writer.WriteAsync(Large(), TestContext.Current.CancellationToken);
        }

        Assert.Equal((4, 3, 4), (writer.Written, writer.Dropped, _log.DurableSequence));
        _log.Release(4);
        await writer.WriteAsync(Large(), TestContext.Current.CancellationToken);
        Assert.Equal((5, 3), (writer.Written, writer.Dropped));
        await writer.StopAsync();
    }

    [Fact]
    public async Task WriteAsync_FullAndDropOldest_StoresAndTheReaderCountsWhatIsGone()
    {
        var writer = new OutboxWriter(_log, static () => { }, OutboxFullPolicy.DropOldest);
        using var reader = _log.OpenReader(0);
        var batch = new TelemetryBatch();
        for (var i = 0; i < 9; i++)
        {
            await writer.WriteAsync(Large(), TestContext.Current.CancellationToken);
        }

        await writer.StopAsync();
        while (reader.Read(batch, int.MaxValue, int.MaxValue))
        {
        }

        Assert.Equal((9, 0), (writer.Written, writer.Dropped));
        Assert.Equal((6, 3, 0), (reader.Dropped, batch.Unsettled, reader.Corrupt));
        Assert.InRange(_log.Bytes, 1, 2 * SegmentBytes);
    }

    [Fact]
    public async Task WriteAsync_LargerThanWhatDroppingFrees_IsDroppedInsteadOfWaitingForEver()
    {
        var writer = new OutboxWriter(_log, static () => { }, OutboxFullPolicy.DropOldest);
        await writer.WriteAsync(Large(), TestContext.Current.CancellationToken);
        await writer.WriteAsync(Large(), TestContext.Current.CancellationToken);
        await writer.WriteAsync(Large(2), TestContext.Current.CancellationToken);
        Assert.Equal(4, writer.Written + writer.Dropped);
        await writer.StopAsync();
    }

    [Fact]
    public async Task WriteAsync_SegmentsOlderThanTheAge_AreDroppedWithTheNextCommit()
    {
        var time = new FakeTimeProvider();
        using var log = OutboxLog.Open(new UnreliableDisk(new Random(1)), SegmentBytes, 1 << 30, static _ => { }, time);
        var writer = new OutboxWriter(log, static () => { }, maxAge: TimeSpan.FromHours(1));
        for (var i = 0; i < 4; i++)
        {
            await writer.WriteAsync(Large(), TestContext.Current.CancellationToken);
        }

        // The first segment is finished, the second is still written.
        time.Advance(TimeSpan.FromMinutes(59));
        await writer.WriteAsync(Large(), TestContext.Current.CancellationToken);
        Assert.Equal(0, log.Start);
        time.Advance(TimeSpan.FromMinutes(2));
        await writer.WriteAsync(Large(), TestContext.Current.CancellationToken);
        Assert.Equal(2, log.Start);
        await writer.StopAsync();
    }

    private static PendingWrite Large(int records = 1)
    {
        var write = new PendingWrite();
        for (var i = 0; i < records; i++)
        {
            Noise.Bytes(60_000).CopyTo(write.Reserve(60_000));
            write.Advance(60_000);
        }

        return write;
    }
}
