using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ElectricBrain.Swarm.Simulation.Api;

/// <summary>The engine's way of writing JSON.</summary>
internal static class JsonText
{
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return buffer.ToArray();
    }

    public static byte[] WriteArray<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write) => Write(json =>
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    });

    /// <summary>What every object of the cluster begins with.</summary>
    public static void WriteHead(this Utf8JsonWriter json, string id, ulong version, DateTimeOffset createdAt, DateTimeOffset updatedAt)
    {
        json.WriteString("ID", id);
        json.WriteStartObject("Version");
        json.WriteNumber("Index", version);
        json.WriteEndObject();
        json.WriteTime("CreatedAt", createdAt);
        json.WriteTime("UpdatedAt", updatedAt);
    }

    /// <summary>Times are RFC 3339 with as many digits as are not zero.</summary>
    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset time) =>
        json.WriteString(name, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));

    public static void WriteNode(this Utf8JsonWriter json, string name, JsonNode node)
    {
        json.WritePropertyName(name);
        node.WriteTo(json);
    }

    public static void WriteMap(this Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> map)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in map)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
