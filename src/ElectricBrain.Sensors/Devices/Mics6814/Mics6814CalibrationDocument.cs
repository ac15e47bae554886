using System.Text.Json.Serialization;

namespace ElectricBrain.Sensors.Devices.Mics6814;

/// <summary>A calibration as it stands in the file; what is missing is null.</summary>
internal sealed record Mics6814CalibrationDocument
{
    public double? OxidisingOhms { get; init; }

    public double? ReducingOhms { get; init; }

    public double? AmmoniaOhms { get; init; }

    public DateTimeOffset? CalibratedAt { get; init; }
}

/// <summary>A field that is not known is a typing error, which would else silently drop a value.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true)]
[JsonSerializable(typeof(Mics6814CalibrationDocument))]
internal sealed partial class Mics6814JsonContext : JsonSerializerContext;
