using System.Text.Json;
using System.Text.Json.Nodes;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Samples.Tests.Dashboards;

/// <summary>The saved objects of the folder dashboards/kibana.</summary>
internal static class KibanaObjects
{
    public static string File { get; } = Path.Combine(WorkingCopy.Root, "dashboards", "kibana", "electricbrain.ndjson");

    public static IReadOnlyList<JsonElement> Read() => [.. System.IO.File.ReadLines(File).Select(static line => JsonDocument.Parse(line).RootElement)];

    public static JsonElement Dashboard(IEnumerable<JsonElement> objects) => objects.Single(static one => Text(one, "type") == "dashboard");

    /// <summary>The visualisations with what they are drawn from, by their id.</summary>
    public static IReadOnlyDictionary<string, (string Title, JsonObject Spec)> Visualizations(IEnumerable<JsonElement> objects) => objects
        .Where(static one => Text(one, "type") == "visualization")
        .ToDictionary(static one => Text(one, "id"), static one =>
        {
            var state = Embedded(one.GetProperty("attributes").GetProperty("visState"));
            return (Text(state, "title"), JsonNode.Parse(Text(state.GetProperty("params"), "spec"))!.AsObject());
        });

    /// <summary>A document that is kept as text in another.</summary>
    public static JsonElement Embedded(JsonElement text) => JsonDocument.Parse(text.GetString()!).RootElement;

    public static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
