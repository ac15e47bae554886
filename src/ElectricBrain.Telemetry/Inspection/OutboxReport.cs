namespace ElectricBrain.Telemetry.Inspection;

/// <summary>What an outbox holds.</summary>
public sealed record OutboxReport
{
    /// <summary>The directory.</summary>
    public required string Directory { get; init; }

    /// <summary>The process that uses it; null when none does.</summary>
    public required int? ProcessId { get; init; }

    /// <summary>The sequence of the oldest record; 0 when there is none.</summary>
    public required long FirstSequence { get; init; }

    /// <summary>The sequence of the newest record; 0 when there is none.</summary>
    public required long LastSequence { get; init; }

    /// <summary>The files, oldest first.</summary>
    public required IReadOnlyList<SegmentReport> Segments { get; init; }

    /// <summary>The sinks, by name.</summary>
    public required IReadOnlyList<CursorReport> Sinks { get; init; }

    /// <summary>Files in which nothing could be read, and that were set aside.</summary>
    public required IReadOnlyList<string> Damaged { get; init; }

    /// <summary>The size of the segments.</summary>
    public long Bytes => Segments.Sum(static segment => segment.Bytes);
}
