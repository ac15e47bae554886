using System.Text.Json.Nodes;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>Pieces of the engine's JSON. What is null or empty is left out, as the docker command line leaves it out.</summary>
internal static class SpecJson
{
    private const int NanosecondsPerTick = 100;

    public static JsonObject Object(params ReadOnlySpan<(string Key, JsonNode? Value)> fields)
    {
        var json = new JsonObject();
        foreach ((string key, JsonNode? value) in fields)
        {
            if (value is not null)
            {
                json[key] = value;
            }
        }

        return json;
    }

    public static JsonObject? NonEmpty(JsonObject json) => json.Count == 0 ? null : json;

    public static JsonArray? List(IEnumerable<string> items) => Array(items.Select(item => (JsonNode)item));

    public static JsonArray? Array(IEnumerable<JsonNode> items)
    {
        JsonNode[] nodes = [.. items];
        return nodes.Length == 0 ? null : new JsonArray(nodes);
    }

    public static JsonObject? Map(IReadOnlyDictionary<string, string> entries)
    {
        if (entries.Count == 0)
        {
            return null;
        }

        var json = new JsonObject();
        foreach ((string key, string value) in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json[key] = value;
        }

        return json;
    }

    public static JsonObject Labels(IReadOnlyDictionary<string, string> labels, params ReadOnlySpan<(string Key, string Value)> ours)
    {
        var all = new Dictionary<string, string>(labels);
        foreach ((string key, string value) in ours)
        {
            all[key] = value;
        }

        return Map(all)!;
    }

    public static JsonNode? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;

    public static JsonNode? True(bool value) => value ? true : null;

    public static JsonNode? Number(long? value) => value is null or 0 ? null : value;

    public static JsonNode? Nanoseconds(TimeSpan? duration) => Number(duration?.Ticks * NanosecondsPerTick);

    /// <summary>A duration of which zero says something else than nothing.</summary>
    public static JsonNode? PointedNanoseconds(TimeSpan? duration) => duration is null ? null : duration.Value.Ticks * NanosecondsPerTick;
}
