namespace ElectricBrain.Telemetry.Sinks;

/// <summary>What became of a batch as a whole.</summary>
public enum SinkOutcomeKind
{
    /// <summary>The sink answered for each record.</summary>
    Completed,

    /// <summary>Nothing is known to be stored: repeat the same batch after a while.</summary>
    Unavailable,

    /// <summary>The sink is overloaded: repeat after a while, and with fewer records when that does not help.</summary>
    Overloaded,

    /// <summary>The batch is too large or cannot be read as a whole: repeat with fewer records; a single one is rejected.</summary>
    Unacceptable,

    /// <summary>An operator has to act, for instance on credentials: repeat now and then.</summary>
    Denied,
}
