namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>How <c>--once</c> prints its reading.</summary>
internal enum OutputFormat
{
    /// <summary>A table for people.</summary>
    Table,

    /// <summary>One JSON document.</summary>
    Json,
}
