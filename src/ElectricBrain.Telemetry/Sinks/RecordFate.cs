namespace ElectricBrain.Telemetry.Sinks;

/// <summary>What became of one record at a sink.</summary>
public enum RecordFate
{
    /// <summary>Nothing is known to be stored: offer it again.</summary>
    Retry,

    /// <summary>The sink cannot take it now for a reason that may last: offer it again, and keep it as late when patience ends.</summary>
    Blocked,

    /// <summary>Stored.</summary>
    Stored,

    /// <summary>Stored before.</summary>
    Duplicate,

    /// <summary>Older than what the sink accepts: kept in the dead-letter file, counted as late.</summary>
    Late,

    /// <summary>Never acceptable: kept in the dead-letter file.</summary>
    Rejected,
}
