using ElectricBrain.Samples.SensorAgent.Options;

namespace ElectricBrain.Samples.SensorAgent;

/// <summary>The names of the destinations in the status of the pipeline.</summary>
internal static class SinkNames
{
    public const string Sqlite = "sqlite";
    public const string Ndjson = "ndjson";
    public const string Elasticsearch = "elasticsearch";
    public const string Mqtt = "mqtt";

    /// <summary>Where a destination is, without what may be secret; null for the store on this machine.</summary>
    public static string? TargetOf(string sink, AgentOptions options) => sink switch
    {
        Ndjson => options.NdjsonDirectory,
        Elasticsearch => options.Elasticsearch?.DisplayName,
        Mqtt => options.Mqtt?.DisplayName,
        _ => null,
    };
}
