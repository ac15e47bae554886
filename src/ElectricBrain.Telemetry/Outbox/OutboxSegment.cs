namespace ElectricBrain.Telemetry.Outbox;

/// <summary>
/// What is known of one file of the log. Its records end where the next segment's begin: a segment that starts with a sequence
/// that an older one holds too supersedes the older one's records from there on.
/// </summary>
internal sealed class OutboxSegment(long id, long firstSequence, long fileLength)
{
    public long Id => id;

    public string FileName { get; } = SegmentHeader.FileName(id);

    public long FirstSequence => firstSequence;

    public long FileLength { get; } = fileLength;

    /// <summary>The end of what is durable: nothing behind it may be read.</summary>
    public long End { get; set; } = fileLength;
}
