namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>How log entries are written.</summary>
internal enum LogFormat
{
    /// <summary>One line of text an entry.</summary>
    Text,

    /// <summary>One JSON object an entry.</summary>
    Json,
}
