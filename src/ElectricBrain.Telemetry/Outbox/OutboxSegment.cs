namespace ElectricBrain.Telemetry.Outbox;

/// <summary>What is known of one file of the log. Its records end where the next segment's begin.</summary>
internal sealed class OutboxSegment(long id, long firstSequence, long fileLength)
{
    public long Id => id;

    public string FileName { get; } = SegmentHeader.FileName(id);

    public long FirstSequence => firstSequence;

    public long FileLength { get; } = fileLength;

    /// <summary>The end of what is durable: nothing behind it may be read.</summary>
    public long End { get; set; } = fileLength;

    /// <summary>When it was last added to, a timestamp of the clock; null while it is the newest.</summary>
    public long? FinishedAt { get; set; }

    /// <summary>Since when every sink has what it holds, a timestamp of the clock; null while one has not.</summary>
    public long? ReleasedAt { get; set; }

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
