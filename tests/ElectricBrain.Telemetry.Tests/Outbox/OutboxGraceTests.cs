using System.Text;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Telemetry.Tests.Outbox;

public sealed class OutboxGraceTests
{
    private const int SegmentBytes = 128 << 10;

    private readonly UnreliableDisk _disk = new(new Random(1));
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Open_MachineWentDown_ReadsWhatWasDeliveredAgain()
    {
        Deliver(6, Open("first boot"));
        _disk.Restart();
        Assert.Equal(["record 0", "record 1", "record 2", "record 3", "record 4", "record 5"], Replayed("second boot", out var log));
        Assert.True(log.IsReplaying);

        // Once is enough.
        log.Dispose();
        Save(6);
        Assert.Empty(Replayed("third boot", out log));
        Assert.False(log.IsReplaying);
    }

    [Fact]
    public void Open_PowerFailsWhileTheReplayIsPrepared_IsPreparedAgain()
    {
        for (var calls = 1; ; calls++)
        {
            var disk = new UnreliableDisk(new Random(calls));
            var first = Open("first boot", disk);
            Commit(first, 3);
            first.OpenCursor("sink").Save(3);
            disk.Restart();
            disk.LosePowerAfter(calls);
            try
            {
                // Not disposed: the power fails, or the process is killed right after.
                _ = Open("second boot", disk);
                disk.Restart();
                Assert.Equal(0, OutboxCursor.Open(disk, "sink").Saved);
                Assert.True(calls > 5);
                return;
            }
            catch (PowerLossException)
            {
                disk.Restart();
                using var log = Open("third boot", disk);
                Assert.Equal(0, log.OpenCursor("sink").Saved);
            }
        }
    }

    [Fact]
    public void Open_ProcessDiedUnderTheSameBoot_ReplaysNothing()
    {
        Deliver(3, Open("boot"));
        Assert.Empty(Replayed("boot", out _));
    }

    [Fact]
    public void Open_ClosedBeforeTheMachineWentDown_ReplaysNothing()
    {
        using (var log = Open("first boot"))
        {
            Deliver(3, log);
        }

        Assert.Empty(Replayed("second boot", out _));
    }

    [Fact]
    public void Open_MarkUnreadable_Replays()
    {
        Deliver(1, Open("boot"));
        _disk.Replace("session", [1, 2, 3]);
        Assert.Single(Replayed("boot", out _));
    }

    [Fact]
    public void Release_WithinTheGrace_FreesRoomAndKeepsTheFiles()
    {
        using var log = Open("boot", grace: new OutboxGrace(3 * SegmentBytes, TimeSpan.FromMinutes(10), "boot"));
        Commit(log, 4, 60_000);
        Assert.True(log.Release(4));
        Assert.Equal((SegmentBytes, 0), (log.Bytes, log.Start));

        // More than the bytes: the oldest goes.
        Commit(log, 6, 60_000);
        Assert.True(log.Release(10));
        Assert.Equal((SegmentBytes, 2), (log.Bytes, log.Start));

        // Older than the age: all but the newest go.
        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.False(log.Release(10));
        Assert.Equal(8, log.Start);
    }

    [Fact]
    public void DropOldest_DeliveredSegmentsKept_TakesTheFirstThatIsNot()
    {
        using var log = Open("boot", grace: new OutboxGrace(1 << 30, TimeSpan.FromDays(1), "boot"));
        Commit(log, 8, 60_000);
        log.Release(4);
        Assert.Equal(2 * SegmentBytes, log.Bytes);
        Assert.True(log.DropOldest());
        Assert.Equal((SegmentBytes, 6), (log.Bytes, log.Start));
        Assert.False(log.DropOldest());
    }

    [Fact]
    public void Commit_IntoAUsedSegment_NeverShowsItsOldRecords()
    {
        using (var log = Open("boot", grace: OutboxGrace.None))
        {
            Commit(log, 6, 60_000);
            log.Release(6);
            Assert.Contains(SegmentFactory.SpareName, _disk.List());
            Commit(log, 3, 60_000);
            Assert.Equal(3, Read(log, 6).Count);
        }

        _disk.Restart();
        using var reopened = Open("boot", grace: OutboxGrace.None);
        Assert.Equal(3, Read(reopened, 6).Count);
        Assert.Equal(9, reopened.DurableSequence);
    }

    private OutboxLog Open(string boot, UnreliableDisk? disk = null, OutboxGrace? grace = null) =>
        OutboxLog.Open(disk ?? _disk, SegmentBytes, 1 << 30, static _ => { }, _time, grace ?? new OutboxGrace(1 << 20, TimeSpan.FromHours(1), boot));

    private static void Commit(OutboxLog log, int records, int length = 8)
    {
        for (var i = 0; i < records; i++)
        {
            log.Commit(OutboxCrashTests.Frames([$"record {i}" + Noise.Text(Math.Max(0, length - 8))]));
        }
    }

    private static void Deliver(int records, OutboxLog log)
    {
        Commit(log, records);
        using var cursor = log.OpenCursor("sink");
        cursor.Save(records);
        log.Release(records);
    }

    private void Save(long sequence)
    {
        using var cursor = OutboxCursor.Open(_disk, "sink");
        cursor.Save(sequence);
    }

    private List<string> Replayed(string boot, out OutboxLog log)
    {
        log = Open(boot);
        using var cursor = log.OpenCursor("sink");
        return Read(log, cursor.Saved);
    }

    private static List<string> Read(OutboxLog log, long position)
    {
        using var reader = log.OpenReader(Math.Max(position, log.Start));
        var batch = new TelemetryBatch();
        while (reader.Read(batch, int.MaxValue, int.MaxValue))
        {
        }

        batch.Offer(int.MaxValue);
        Assert.Equal(0, reader.Corrupt);
        return Enumerable.Range(0, batch.Count).Select(i => Encoding.ASCII.GetString(batch[i].Span)).ToList();
    }
}
