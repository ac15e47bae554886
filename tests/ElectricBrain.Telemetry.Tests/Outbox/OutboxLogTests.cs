using System.Text;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Outbox;

public sealed class OutboxLogTests
{
    private const string FirstSegment = "0000000000000001.seg";
    private const int SegmentBytes = 128 << 10;

    private readonly UnreliableDisk _disk = new(new Random(1));

    [Fact]
    public void Open_TailTornAtAnyByte_KeepsTheRecordsBefore()
    {
        var intact = Write("one", "two", "three");
        var start = intact.AsSpan().IndexOf("three"u8) - RecordFrame.HeaderLength;
        var end = start + RecordFrame.HeaderLength + "three".Length;
        for (var cut = start; cut < end; cut++)
        {
            var torn = intact.ToArray();
            torn.AsSpan(cut).Clear();
            _disk.Replace(FirstSegment, torn);

            using var log = Open();
            log.Commit(OutboxCrashTests.Frames(["four"]));
            Assert.Equal(["one", "two", "four"], ReadAll(log));
            Forget();
        }
    }

    [Fact]
    public void Read_AnyByteOfARecordDamaged_PassesOverItAlone()
    {
        var intact = Write("one", "two", "three");
        var start = intact.AsSpan().IndexOf("two"u8) - RecordFrame.HeaderLength;
        for (var at = start; at < start + RecordFrame.HeaderLength + "two".Length; at++)
        {
            var damaged = intact.ToArray();
            damaged[at] ^= 0x40;
            _disk.Replace(FirstSegment, damaged);

            using var log = Open();
            using var reader = log.OpenReader(0);
            Assert.Equal(["one", "three"], Read(reader));
            Assert.Equal(1, reader.Corrupt);
            Forget();
        }
    }

    [Fact]
    public void Read_DamageSeenWhileRunning_IsCountedAndPassed()
    {
        using var log = Open();
        log.Commit(OutboxCrashTests.Frames(["one", "two"]));
        var contents = _disk.Contents(FirstSegment);
        contents[contents.AsSpan().IndexOf("two"u8)] ^= 1;
        log.Commit(OutboxCrashTests.Frames(["three"]));
        contents = _disk.Contents(FirstSegment);
        contents[contents.AsSpan().IndexOf("three"u8)] ^= 1;

        using var reader = log.OpenReader(0);
        Assert.Equal(["one"], Read(reader));
        log.Commit(OutboxCrashTests.Frames(["four"]));
        Assert.Equal(["four"], Read(reader));
        Assert.Equal(2, reader.Corrupt);
    }

    [Fact]
    public void Open_SegmentHeaderDamaged_ReadsTheRecords()
    {
        var damaged = Write("one", "two");
        damaged[20] ^= 1;
        _disk.Replace(FirstSegment, damaged);

        using var log = Open();
        Assert.Equal(["one", "two"], ReadAll(log));
    }

    [Fact]
    public void Open_UnreadableSegment_SetsItAsideAndStarts()
    {
        _disk.Replace(FirstSegment, [.. Enumerable.Repeat((byte)7, 5000)]);

        using var log = Open();
        log.Commit(OutboxCrashTests.Frames(["one"]));
        Assert.Equal(["one"], ReadAll(log));
        Assert.Equal([FirstSegment], log.Damaged);
        Assert.Contains(FirstSegment + ".damaged", _disk.List());
    }

    [Fact]
    public void Commit_DiskLostRecordsThatACursorPassed_DoesNotReuseTheirSequences()
    {
        var intact = Write("one", "two", "three");
        using (var log = Open())
        using (var cursor = log.OpenCursor("sink"))
        {
            cursor.Save(3);
        }

        intact.AsSpan(intact.AsSpan().IndexOf("two"u8)).Clear();
        _disk.Replace(FirstSegment, intact);
        using var reopened = Open();
        reopened.Commit(OutboxCrashTests.Frames(["four"]));
        using var reader = reopened.OpenReader(3);
        Assert.Equal(["four"], Read(reader));
    }

    [Fact]
    public void Open_SyncFailsAfterAKill_CopiesWhatItReadInsteadOfTrustingTheFile()
    {
        // The process was killed between the write and the sync: the records are in the page cache only.
        var intact = Write("one", "two");
        var contents = _disk.Contents(FirstSegment);
        _disk.Replace(FirstSegment, new byte[intact.Length]);
        using (var file = _disk.Open(FirstSegment, create: false))
        {
            file.Write(contents, 0);
        }

        _disk.SyncDirectory();
        _disk.FailNextSync();
        Open().Dispose();
        _disk.Restart();
        using var log = Open();
        Assert.Equal(["one", "two"], ReadAll(log));
    }

    [Fact]
    public void OpenCursor_NewestSlotTorn_FallsBackToTheOneBefore()
    {
        using (var log = Open())
        using (var cursor = log.OpenCursor("sink"))
        {
            cursor.Save(10);
            cursor.Save(20);
        }

        var slots = _disk.Contents("cursor.sink");
        for (var at = 0; at < 20; at++)
        {
            var torn = slots.ToArray();
            torn[at] ^= 0x10;
            _disk.Replace("cursor.sink", torn);
            using var log = Open();
            using var cursor = log.OpenCursor("sink");
            Assert.Equal(10, cursor.Saved);
        }
    }

    [Fact]
    public void Release_SegmentsBehindEveryCursor_AreDeletedAndCountNoMore()
    {
        using var log = Open();
        var record = Noise.Text(60_000);
        for (var i = 0; i < 8; i++)
        {
            log.Commit(OutboxCrashTests.Frames([record]));
        }

        Assert.Equal(4 * SegmentBytes, log.Bytes);
        Assert.True(log.Release(5));
        Assert.Equal(2 * SegmentBytes, log.Bytes);
        Assert.Contains(SegmentFactory.SpareName, _disk.List());
        Assert.Equal(["0000000000000003.seg", "0000000000000004.seg"], _disk.List().Where(name => name.EndsWith(".seg", StringComparison.Ordinal)).Order());
        using var reader = log.OpenReader(5);
        Assert.Equal(3, Read(reader).Count);
    }

    [Fact]
    public void Open_ManyRestartsWithFewRecords_TakesLittleSpace()
    {
        for (var i = 0; i < 20; i++)
        {
            Write("one");
        }

        using var log = Open();
        Assert.Equal(20, ReadAll(log).Count);
        Assert.InRange(log.Bytes, 1, 20 * 100);
    }

    [Fact]
    public void Open_KilledAgainAndAgain_ShowsTheRecordsBehindTheNewestSegmentToo()
    {
        for (var i = 0; i < 5; i++)
        {
            // Not closed, as after a kill: the segment ends in zeros.
            Open().Commit(OutboxCrashTests.Frames([$"record {i}"]));
        }

        var shown = new List<string>();
        OutboxLog.Open(_disk, SegmentBytes, 1 << 30, payload => shown.Add(Encoding.ASCII.GetString(payload.Span))).Dispose();
        Assert.Equal(["record 0", "record 1", "record 2", "record 3", "record 4"], shown);
    }

    [Fact]
    public void HasRoomFor_FullOutbox_IsFalseUntilReleased()
    {
        using var log = OutboxLog.Open(_disk, SegmentBytes, 2 * SegmentBytes, static _ => { });
        var record = Noise.Text(60_000);
        while (log.HasRoomFor(RecordFrame.HeaderLength + record.Length))
        {
            log.Commit(OutboxCrashTests.Frames([record]));
        }

        Assert.Equal(2 * SegmentBytes, log.Bytes);
        Assert.True(log.Release(log.DurableSequence));
        Assert.True(log.HasRoomFor(RecordFrame.HeaderLength + record.Length));
    }

    [Fact]
    public void Read_SegmentDroppedWhileItIsOpened_GoesOnWithTheNextAndCounts()
    {
        using var log = Open();
        var record = Noise.Text(60_000);
        for (var i = 0; i < 4; i++)
        {
            log.Commit(OutboxCrashTests.Frames([record]));
        }

        _disk.Opening = name =>
        {
            _disk.Opening = null;
            Assert.Equal(FirstSegment, name);
            log.DropOldest();
            _disk.Delete(name);
        };
        using var reader = log.OpenReader(0);
        Assert.Equal(2, Read(reader).Count);
        Assert.Equal((2, 0, 4), (reader.Dropped, reader.Corrupt, reader.Position));
    }

    private byte[] Write(params string[] records)
    {
        using var log = Open();
        log.Commit(OutboxCrashTests.Frames(records));
        return [.. _disk.Contents(_disk.List().Where(name => name.EndsWith(".seg", StringComparison.Ordinal)).Max()!)];
    }

    /// <summary>Removes what a restarted log wrote beside the first segment.</summary>
    private void Forget()
    {
        foreach (var name in _disk.List().Where(name => name != FirstSegment))
        {
            _disk.Delete(name);
        }
    }

    private OutboxLog Open() => OutboxLog.Open(_disk, SegmentBytes, 1 << 30, static _ => { });

    private static List<string> ReadAll(OutboxLog log)
    {
        using var reader = log.OpenReader(0);
        return Read(reader);
    }

    private static List<string> Read(OutboxReader reader)
    {
        var batch = new TelemetryBatch();
        reader.Read(batch, int.MaxValue, int.MaxValue);
        batch.Offer(int.MaxValue);
        return Enumerable.Range(0, batch.Count).Select(i => Encoding.ASCII.GetString(batch[i].Span)).ToList();
    }
}
