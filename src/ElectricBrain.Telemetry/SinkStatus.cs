namespace ElectricBrain.Telemetry;

/// <summary>The state of one destination. Counts are since the start of the pipeline.</summary>
public sealed record SinkStatus
{
    /// <summary>The sink's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the sink is doing.</summary>
    public SinkState State { get; init; }

    /// <summary>Records in the outbox that the sink has not taken yet.</summary>
    public long Pending { get; init; }

    /// <summary>Records that the sink stored.</summary>
    public long Delivered { get; init; }

    /// <summary>Records that the sink had already, after a repeated delivery.</summary>
    public long Duplicates { get; init; }

    /// <summary>Records that the sink will never take for another reason than their age; kept in the dead-letter file.</summary>
    public long DeadLettered { get; init; }

    /// <summary>Records older than the sink accepts; kept in the dead-letter file.</summary>
    public long Late { get; init; }

    /// <summary>Records that were deleted from the outbox before this sink took them, as it was full or they were too old.</summary>
    public long Dropped { get; init; }

    /// <summary>Attempts that failed and were or will be repeated.</summary>
    public long Retries { get; init; }

    /// <summary>The last failure: what, on what, and the remedy. Null when there was none since the start.</summary>
    public string? LastError { get; init; }

    /// <summary>When <see cref="LastError"/> happened.</summary>
    public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>When the sink last took records.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }
}
