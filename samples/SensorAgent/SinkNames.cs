namespace ElectricBrain.Samples.SensorAgent;

/// <summary>The names of the destinations in the status of the pipeline.</summary>
internal static class SinkNames
{
    public const string Sqlite = "sqlite";
    public const string Elasticsearch = "elasticsearch";
}
