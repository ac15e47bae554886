using System.Text.Json.Serialization;
using ElectricBrain.Telemetry.Inspection;

namespace ElectricBrain.Samples.SensorAgent.Outbox;

/// <summary>How the reports on the outbox are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OutboxReport))]
[JsonSerializable(typeof(OutboxVerification))]
[JsonSerializable(typeof(ReplayReport))]
internal sealed partial class OutboxJsonContext : JsonSerializerContext;
