using System.Text.Encodings.Web;
using System.Text.Json;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>JSON for people: letters stay letters. Never for a page.</summary>
internal static class RelaxedJson
{
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
