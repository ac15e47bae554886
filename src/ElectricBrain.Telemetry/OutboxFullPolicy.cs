namespace ElectricBrain.Telemetry;

/// <summary>What happens to records when the outbox holds as much as it may.</summary>
public enum OutboxFullPolicy
{
    /// <summary>Writes wait until the slowest sink has caught up. Nothing is lost.</summary>
    Block,

    /// <summary>The oldest segment is deleted. The sinks that had not taken its records never get them, and count them.</summary>
    DropOldest,

    /// <summary>The records of the write are not stored, and counted; the write completes.</summary>
    DropNewest,
}
