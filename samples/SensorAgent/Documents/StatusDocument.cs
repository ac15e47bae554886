using ElectricBrain.Samples.SensorAgent.Health;

namespace ElectricBrain.Samples.SensorAgent.Documents;

/// <summary>The state of the agent as JSON; counts are since its start.</summary>
internal sealed record StatusDocument
{
    /// <summary>The machine.</summary>
    public required string Host { get; init; }

    /// <summary>The hat on it.</summary>
    public required string Device { get; init; }

    /// <summary>The machine with the hat, where it is another one: host and port of its rgpiod.</summary>
    public required string? Header { get; init; }

    /// <summary>Whether the hat is simulated.</summary>
    public required bool Simulated { get; init; }

    /// <summary>The version of the agent.</summary>
    public required string Version { get; init; }

    /// <summary>When it was started, UTC.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>From one reading to the next.</summary>
    public required double IntervalSeconds { get; init; }

    /// <summary>The age above which a reading is no longer current.</summary>
    public required double StaleAfterSeconds { get; init; }

    /// <summary>Readings taken.</summary>
    public required long Readings { get; init; }

    /// <summary>Readings that were due while the one before was still being taken.</summary>
    public required long SkippedReadings { get; init; }

    /// <summary>How the agent does.</summary>
    public required HealthState Health { get; init; }

    /// <summary>What is wrong.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>The records on their way.</summary>
    public required OutboxDocument Outbox { get; init; }

    /// <summary>The destinations.</summary>
    public required IReadOnlyList<SinkDocument> Sinks { get; init; }
}
