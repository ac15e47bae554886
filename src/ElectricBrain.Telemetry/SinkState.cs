namespace ElectricBrain.Telemetry;

/// <summary>What a sink is doing.</summary>
public enum SinkState
{
    /// <summary>The pipeline does not run.</summary>
    Stopped,

    /// <summary>Records are taken as they come.</summary>
    Running,

    /// <summary>The last attempt failed in a way that time may heal; it is repeated.</summary>
    Retrying,

    /// <summary>The last attempt failed in a way that needs an operator, such as rejected credentials; it is repeated now and then.</summary>
    NeedsAttention,
}
