using System.Text.Json;
using System.Text.Json.Serialization;

namespace ElectricBrain.Samples.SensorAgent.Documents;

/// <summary>Writes the members of an enumeration as text, named like the properties are.</summary>
internal sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase)
    where T : struct, Enum;
