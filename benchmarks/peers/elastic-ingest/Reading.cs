using System.Text.Json.Serialization;

namespace ElectricBrain.Benchmarks.Peers.ElasticIngest;

/// <summary>The document that ElectricBrain.Telemetry sends, as a class for a serializer.</summary>
internal sealed class Reading
{
    [JsonPropertyName("@timestamp")]
    public DateTime Timestamp { get; init; }

    [JsonPropertyName("host")]
    public required ReadingHost Host { get; init; }

    [JsonPropertyName("device")]
    public required ReadingDevice Device { get; init; }

    [JsonPropertyName("sensor")]
    public required ReadingSensor Sensor { get; init; }

    [JsonPropertyName("value")]
    public double Value { get; init; }
}
