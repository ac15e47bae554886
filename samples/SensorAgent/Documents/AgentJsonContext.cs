using System.Text.Json.Serialization;
using ElectricBrain.Samples.SensorAgent.Health;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Telemetry;

namespace ElectricBrain.Samples.SensorAgent.Documents;

/// <summary>How the documents are written: camel case, enumerations as text, null where a value is not known.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(CamelCaseEnumConverter<SensorState>),
        typeof(CamelCaseEnumConverter<SensorFault>),
        typeof(CamelCaseEnumConverter<SinkState>),
        typeof(CamelCaseEnumConverter<HealthState>),
    ])]
[JsonSerializable(typeof(ReadingDocument))]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(HistoryDocument))]
[JsonSerializable(typeof(IReadOnlyList<SeriesDocument>))]
[JsonSerializable(typeof(HealthDocument))]
[JsonSerializable(typeof(ErrorDocument))]
internal sealed partial class AgentJsonContext : JsonSerializerContext;
