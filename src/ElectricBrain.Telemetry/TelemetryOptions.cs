namespace ElectricBrain.Telemetry;

/// <summary>How the pipeline keeps records until every sink has them.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The directory of the outbox; made when missing. One process at a time may use it.</summary>
    public string OutboxDirectory { get; set; } = "";

    /// <summary>
    /// How many bytes of undelivered records the outbox may hold. When it is full, writes wait until the slowest sink has caught up,
    /// and are counted.
    /// </summary>
    /// <value>The default is 256 MiB, about 1.2 million records. One spare segment comes on top.</value>
    public long MaxOutboxBytes { get; set; } = 256L << 20;

    /// <summary>The size of one file of the outbox; space is freed in these steps.</summary>
    /// <value>The default is 8 MiB.</value>
    public int SegmentBytes { get; set; } = 8 << 20;

    /// <summary>How many bytes of refused or late records are kept beside the outbox, per sink, before that sink stops and says so.</summary>
    /// <value>The default is 64 MiB.</value>
    public long MaxDeadLetterBytes { get; set; } = 64L << 20;

    /// <summary>How often a sink's position is made durable; after a crash, at most this span of records is offered to the sink again.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long stopping waits for the sinks to take what is pending. What they did not take stays in the outbox.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    internal void Validate()
    {
        Require(!string.IsNullOrWhiteSpace(OutboxDirectory), nameof(OutboxDirectory), "names no directory; set it to one on a local disk");
        Require(SegmentBytes is >= 128 << 10 and <= 1 << 30, nameof(SegmentBytes), $"is {SegmentBytes}; allowed are 128 KiB to 1 GiB");
        Require(MaxOutboxBytes >= 2L * SegmentBytes, nameof(MaxOutboxBytes), $"is {MaxOutboxBytes}; it must hold two segments of {SegmentBytes} bytes");
        Require(MaxDeadLetterBytes > 0, nameof(MaxDeadLetterBytes), $"is {MaxDeadLetterBytes}; it must be above 0");
        Require(CheckpointInterval > TimeSpan.Zero, nameof(CheckpointInterval), $"is {CheckpointInterval}; it must be above 0");
        Require(DrainTimeout >= TimeSpan.Zero, nameof(DrainTimeout), $"is {DrainTimeout}; it must not be negative");
    }

    private static void Require(bool condition, string option, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException($"{nameof(TelemetryOptions)}.{option} {problem}.");
        }
    }
}
