using System.Globalization;
using System.Text;
using CsCheck;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Outbox.Files;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Outbox;

public sealed class CompressedSegmentTests
{
    private const int SegmentBytes = 256 << 10;
    private const int RecordsOfASegment = 1_000;
    private const string First = "0000000000000001.segz";

    private readonly UnreliableDisk _disk = new(new Random(1));

    [Fact]
    public void Commit_BacklogGrows_CompressesWhatNobodyReadsAndUsesItsFileAgain()
    {
        using var log = Open();
        Fill(log, segments: 6);

        // The newest and the next one are as they are written; beside them nothing was filled with zeros but the first file.
        Assert.Equal([".segz", ".segz", ".segz", ".segz", ".seg", ".seg"], Segments().Select(Path.GetExtension));
        Assert.InRange(log.Bytes, 2 * SegmentBytes, 2.8 * SegmentBytes);
        Assert.Equal(Records(6), ReadAll(log));
    }

    [Fact]
    public void Open_CompressedSegments_ReadsThemAsTheyWere()
    {
        using (var log = Open())
        {
            Fill(log, segments: 5);
        }

        using var reopened = Open();
        Assert.Equal(Records(5), ReadAll(reopened));
        Fill(reopened, segments: 1, firstSegment: 5);
        Assert.Equal(Records(6), ReadAll(reopened));
    }

    [Fact]
    public void Open_NewestSegmentIsGone_GoesOnBehindTheCompressedOne()
    {
        using (var log = Open())
        {
            Fill(log, segments: 3);
        }

        foreach (var name in Segments().Where(name => name != First).ToArray())
        {
            _disk.Delete(name);
        }

        using var reopened = Open();
        Assert.Equal(Records(1), ReadAll(reopened));
        Assert.Equal(RecordsOfASegment, reopened.DurableSequence);
    }

    [Fact]
    public void Open_CompressedAndOriginalAreThere_TakesOne()
    {
        byte[] original = [];
        _disk.Opening = name =>
        {
            // The moment before the compressed form has its name.
            original = name == "compressed.tmp" ? [.. _disk.Contents("0000000000000001.seg")] : original;
        };
        using (var log = Open())
        {
            Fill(log, segments: 3);
        }

        _disk.Replace("0000000000000001.seg", original);
        using var reopened = Open();
        Assert.Equal(Records(3), ReadAll(reopened));
        Assert.DoesNotContain("0000000000000001.seg", _disk.List());
    }

    /// <summary>A block that is damaged anywhere costs its own records, which are counted, and no other.</summary>
    [Fact]
    public void Read_AnyByteOfACompressedSegmentDamaged_PassesOverOneBlock()
    {
        using (var log = Open())
        {
            Fill(log, segments: 3);
        }

        var intact = _disk.Contents(First).ToArray();
        Gen.Int[0, intact.Length - 1].Sample(
            at =>
            {
                var damaged = intact.ToArray();
                damaged[at] ^= 0x40;
                _disk.Replace(First, damaged);
                using var log = Open();
                using var reader = log.OpenReader(0);
                var found = Read(reader);
                Assert.Equal(3 * RecordsOfASegment, found.Count + reader.Corrupt + reader.Dropped);
                Assert.Equal(found, Records(3).Where(found.ToHashSet().Contains));
                Assert.InRange(reader.Corrupt + reader.Dropped, 0, CompressedSegment.BlockBytes / (SegmentBytes / RecordsOfASegment) + 2);
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public void Read_WhileTheBacklogIsCompressed_LosesNothing()
    {
        using var log = Open();
        Fill(log, segments: 2);
        using var reader = log.OpenReader(0);
        var batch = new TelemetryBatch();
        reader.Read(batch, 10, int.MaxValue);
        var read = Take(batch);

        // The first segment is being read, and so another one has to give its file away.
        Fill(log, segments: 3, firstSegment: 2);
        Assert.DoesNotContain(First, _disk.List());
        read.AddRange(Read(reader));
        Assert.Equal(Records(5), read);
        Assert.Equal((0, 0), (reader.Corrupt, reader.Dropped));
    }

    [Fact]
    public void Commit_FillsSeveralSegmentsAtOnce_CompressesNoneBeforeAllAreDurable()
    {
        using var log = Open();
        log.Commit(OutboxCrashTests.Frames(Records(4)));
        Assert.Equal(Records(4), ReadAll(log));
        Fill(log, segments: 2, firstSegment: 4);
        Assert.Equal(Records(6), ReadAll(log));
    }

    [Fact]
    public void Prepare_SegmentEnteredWhileItIsCompressed_KeepsItsFile()
    {
        using var log = Open();
        Fill(log, segments: 1);
        log.Commit(OutboxCrashTests.Frames([Record(RecordsOfASegment)]));
        using var reader = log.OpenReader(0);
        var batch = new TelemetryBatch();
        var entered = false;
        _disk.Opening = name =>
        {
            if (name == "compressed.tmp")
            {
                entered = true;
                reader.Read(batch, 10, int.MaxValue);
            }
        };

        log.Prepare();
        _disk.Opening = null;
        Assert.DoesNotContain(First, _disk.List());
        Assert.True(entered);
        List<string> read = [.. Take(batch), .. Read(reader)];
        Assert.Equal([.. Records(1), Record(RecordsOfASegment)], read);
    }

    [Fact]
    public void Prepare_DiskFailsWhileCompressing_LeavesTheSegmentAsItWas()
    {
        using var log = Open();
        Fill(log, segments: 1);
        log.Commit(OutboxCrashTests.Frames([Record(RecordsOfASegment)]));
        _disk.FailNextSync();
        log.Prepare();
        Assert.Equal([".seg", ".seg"], Segments().Select(Path.GetExtension));
        Assert.Equal([.. Records(1), Record(RecordsOfASegment)], ReadAll(log));
    }

    [Fact]
    public void Prepare_AfterTheLogWasClosed_TouchesNothing()
    {
        var log = Open();
        Fill(log, segments: 1);
        log.Commit(OutboxCrashTests.Frames([Record(RecordsOfASegment)]));
        log.Dispose();
        var names = _disk.List();
        log.Prepare();
        Assert.Equal(names, _disk.List());
    }

    [Fact]
    public void Commit_RecordsThatDoNotShrink_StayAsTheyAre()
    {
        using var log = Open();
        var random = new Random(2);
        for (var i = 0; i < 40; i++)
        {
            log.Commit(OutboxCrashTests.Frames([string.Create(30_000, random, static (text, random) =>
            {
                foreach (ref var character in text)
                {
                    character = (char)random.Next(128);
                }
            })]));
        }

        Assert.All(Segments(), static name => Assert.EndsWith(".seg", name, StringComparison.Ordinal));
        Assert.Equal(40, ReadAll(log).Count);
        Assert.DoesNotContain("compressed.tmp", _disk.List());
    }

    [Fact]
    public void Release_CompressedSegments_AreDeleted()
    {
        using var log = Open();
        Fill(log, segments: 6);
        log.Release(log.DurableSequence);
        Assert.Equal(["0000000000000006.seg"], Segments());
    }

    private static IEnumerable<string> Records(int segments) => Enumerable.Range(0, segments * RecordsOfASegment).Select(Record);

    /// <summary>Records of which exactly <see cref="RecordsOfASegment"/> fit in a segment, and that differ as readings do.</summary>
    private static string Record(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"@timestamp\":{1_764_000_000_000 + number * 10L},\"value\":{number * 7919 % 100_003 / 100.0:F2}}}").PadRight((SegmentBytes - SegmentHeader.Length) / RecordsOfASegment - RecordFrame.HeaderLength);

    private static void Fill(OutboxLog log, int segments, int firstSegment = 0)
    {
        foreach (var records in Enumerable.Range(firstSegment * RecordsOfASegment, segments * RecordsOfASegment).Select(Record).Chunk(100))
        {
            log.Commit(OutboxCrashTests.Frames(records));
        }
    }

    private static List<string> ReadAll(OutboxLog log)
    {
        using var reader = log.OpenReader(0);
        var records = Read(reader);
        Assert.Equal((0, 0), (reader.Corrupt, reader.Dropped));
        return records;
    }

    private static List<string> Read(OutboxReader reader)
    {
        var batch = new TelemetryBatch();
        while (reader.Read(batch, int.MaxValue, int.MaxValue))
        {
        }

        return Take(batch);
    }

    private static List<string> Take(TelemetryBatch batch)
    {
        batch.Offer(int.MaxValue);
        var records = Enumerable.Range(0, batch.Count).Select(i => Encoding.ASCII.GetString(batch[i].Span)).ToList();
        batch.Clear();
        return records;
    }

    private OutboxLog Open() => OutboxLog.Open(_disk, SegmentBytes, 1L << 30, static _ => { });

    private IEnumerable<string> Segments() => _disk.List().Where(static name => SegmentHeader.TryParseFileName(name, out _, out _)).Order(StringComparer.Ordinal);
}
