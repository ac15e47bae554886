namespace ElectricBrain.Telemetry;

/// <summary>How the pipeline keeps records until every sink has them.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The directory of the outbox; made when missing. One process at a time may use it.</summary>
    public string OutboxDirectory { get; set; } = "";

    /// <summary>
    /// How many bytes of undelivered records the outbox may hold. They are compressed, but for the newest segments and those that are being read. When it is full,
    /// <see cref="WhenFull"/> tells what happens; either way it is counted.
    /// </summary>
    /// <value>The default is 256 MiB, about 10 million records. One spare segment comes on top.</value>
    public long MaxOutboxBytes { get; set; } = 256L << 20;

    /// <summary>What happens to records when the outbox is full.</summary>
    /// <value>The default is <see cref="OutboxFullPolicy.Block"/>: nothing is lost, and writes wait.</value>
    public OutboxFullPolicy WhenFull { get; set; }

    /// <summary>
    /// How long undelivered records are kept, whole segments at a time, counted from the last record of the segment and while the
    /// pipeline runs: a clock that is corrected makes nothing old. What is dropped is counted by the sinks that had not taken it.
    /// </summary>
    /// <value>The default is null: until they are delivered.</value>
    public TimeSpan? MaxOutboxAge { get; set; }

    /// <summary>
    /// How many bytes of delivered records are kept on top for <see cref="GraceAge"/>, whole segments at a time. When the machine goes down while the
    /// pipeline runs they are delivered again, and the stores tell them from new ones: a disk may lose what it claimed to have synchronised.
    /// </summary>
    /// <value>The default is 16 MiB.</value>
    public long GraceBytes { get; set; } = 16L << 20;

    /// <summary>How long delivered records are kept.</summary>
    /// <value>The default is 10 minutes.</value>
    public TimeSpan GraceAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The size of one file of the outbox; space is freed in these steps.</summary>
    /// <value>The default is 8 MiB.</value>
    public int SegmentBytes { get; set; } = 8 << 20;

    /// <summary>How many bytes of refused or late records are kept beside the outbox, per sink, before that sink stops and says so.</summary>
    /// <value>The default is 64 MiB.</value>
    public long MaxDeadLetterBytes { get; set; } = 64L << 20;

    /// <summary>
    /// How long records wait, on a machine whose clock stops without power, for the clock to be set after a start: they are durable at once, and delivered under
    /// the right time when it is known. After that they are delivered as the machine dates them, and marked. Machines that keep time do not wait.
    /// </summary>
    /// <value>The default is 15 minutes; zero never waits.</value>
    public TimeSpan MaxClockWait { get; set; } = TimeSpan.FromMinutes(15);

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
        Require(Enum.IsDefined(WhenFull), nameof(WhenFull), $"is {WhenFull}; allowed are Block, DropOldest and DropNewest");
        Require(MaxOutboxAge is null || MaxOutboxAge > TimeSpan.Zero, nameof(MaxOutboxAge), $"is {MaxOutboxAge}; it must be above 0, or null to keep records until they are delivered");
        Require(GraceBytes >= 0, nameof(GraceBytes), $"is {GraceBytes}; it must not be negative");
        Require(GraceAge >= TimeSpan.Zero, nameof(GraceAge), $"is {GraceAge}; it must not be negative");
        Require(MaxDeadLetterBytes > 0, nameof(MaxDeadLetterBytes), $"is {MaxDeadLetterBytes}; it must be above 0");
        Require(MaxClockWait >= TimeSpan.Zero, nameof(MaxClockWait), $"is {MaxClockWait}; it must not be negative");
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
