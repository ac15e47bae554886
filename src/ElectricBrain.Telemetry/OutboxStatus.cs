namespace ElectricBrain.Telemetry;

/// <summary>The state of the outbox.</summary>
public sealed record OutboxStatus
{
    /// <summary>The directory.</summary>
    public required string Directory { get; init; }

    /// <summary>Bytes of the files that hold undelivered records.</summary>
    public long Bytes { get; init; }

    /// <summary>The limit of <see cref="Bytes"/>.</summary>
    public long MaxBytes { get; init; }

    /// <summary>Records made durable since the start.</summary>
    public long Written { get; init; }

    /// <summary>Records found damaged on disk, which no sink will get.</summary>
    public long Corrupt { get; init; }

    /// <summary>Writes that found the outbox full, since the start.</summary>
    public long BlockedWrites { get; init; }

    /// <summary>Records that were not stored since the outbox was full, since the start; see <see cref="OutboxFullPolicy.DropNewest"/>.</summary>
    public long Dropped { get; init; }

    /// <summary>Records whose timestamp was moved to the next free millisecond of their series, since the start.</summary>
    public long MovedTimestamps { get; init; }

    /// <summary>What is known of the machine's clock.</summary>
    public ClockState Clock { get; init; }

    /// <summary>The last failure of the disk; null when there was none since the start.</summary>
    public string? LastError { get; init; }
}
