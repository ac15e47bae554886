namespace ElectricBrain.Telemetry;

/// <summary>What the pipeline makes of the machine's clock.</summary>
public enum ClockState
{
    /// <summary>It is right, or nobody can tell.</summary>
    Synchronized,

    /// <summary>It has not been set since the machine started: records are stored, and delivered once they can be dated.</summary>
    Awaited,

    /// <summary>It was not set in time: records are delivered under the time that the machine believes in, and marked.</summary>
    Unsynchronized,
}
