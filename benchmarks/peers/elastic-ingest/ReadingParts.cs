using System.Text.Json.Serialization;

namespace ElectricBrain.Benchmarks.Peers.ElasticIngest;

internal sealed record ReadingHost([property: JsonPropertyName("name")] string Name);

internal sealed record ReadingDevice([property: JsonPropertyName("id")] string Id);

internal sealed record ReadingSensor(
    [property: JsonPropertyName("id")] string Id, [property: JsonPropertyName("type")] string Type, [property: JsonPropertyName("unit")] string Unit);

[JsonSerializable(typeof(Reading))]
internal sealed partial class ReadingJsonContext : JsonSerializerContext;
