using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>What is known of one file of the log. Its records end where the next segment's begin.</summary>
internal sealed class OutboxSegment(long id, long firstSequence, long fileLength, bool isCompressed = false)
{
    private const long LargestEnd = 1L << 40;

    public long Id => id;

    /// <summary>Whether the file holds compressed blocks (<see cref="CompressedSegment"/>). Such a one is complete.</summary>
    public bool IsCompressed => isCompressed;

    public string FileName { get; } = SegmentHeader.FileName(id, isCompressed);

    public long FirstSequence => firstSequence;

    public long FileLength { get; } = fileLength;

    /// <summary>The end of what is durable: nothing behind it may be read. Of what is compressed all is durable.</summary>
    public long End { get; set; } = isCompressed ? LargestEnd : fileLength;

    /// <summary>Whether compressing it was found not to pay.</summary>
    public bool IsIncompressible { get; set; }

    /// <summary>How many readers have the file open, so that nothing else may be written to it.</summary>
    public int Readers { get; set; }

    /// <summary>When it was last added to, a timestamp of the clock; null while it is the newest.</summary>
    public long? FinishedAt { get; set; }

    /// <summary>Since when every sink has what it holds, a timestamp of the clock; null while one has not.</summary>
    public long? ReleasedAt { get; set; }

    /// <summary>Opens the contents to read them.</summary>
    public IOutboxFile Open(IOutboxFileSystem files)
    {
        var file = files.Open(FileName, create: false);
        return isCompressed ? new CompressedSegment(file, id) : file;
    }

    /// <summary>
    /// Adds the newest segment. What older ones hold from its first sequence on was never acknowledged, as that commit failed: those
    /// that hold nothing else are taken out and returned.
    /// </summary>
    public static List<OutboxSegment> Append(List<OutboxSegment> segments, OutboxSegment newest)
    {
        var superseded = segments.FindAll(segment => segment.FirstSequence >= newest.FirstSequence);
        segments.RemoveAll(superseded.Contains);
        segments.Add(newest);
        return superseded;
    }
}
