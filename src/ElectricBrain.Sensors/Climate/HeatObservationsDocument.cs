using System.Text.Json.Serialization;

namespace ElectricBrain.Sensors.Climate;

/// <summary>The observations as they stand in the file; what is missing is null.</summary>
internal sealed record HeatObservationsDocument
{
    public IReadOnlyList<HeatObservationDocument?>? Observations { get; init; }
}

/// <summary>One observation as it stands in the file.</summary>
internal sealed record HeatObservationDocument
{
    public double? ReferenceCelsius { get; init; }

    public double? MeasuredCelsius { get; init; }

    public double? CpuCelsius { get; init; }

    public DateTimeOffset? TakenAt { get; init; }
}

/// <summary>A field that is not known is a typing error, which would else silently drop a value.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true)]
[JsonSerializable(typeof(HeatObservationsDocument))]
internal sealed partial class HeatJsonContext : JsonSerializerContext;
