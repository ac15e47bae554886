using System.Text.Json;

namespace ElectricBrain.Swarm.Connections.Portainer;

/// <summary>Reads Portainer's list of environments.</summary>
internal static class PortainerEnvironments
{
    /// <summary>The number of the environment of that name; null when it is not in the list, or this is no such list.</summary>
    public static int? Find(ReadOnlyMemory<byte> body, string name)
    {
        try
        {
            using JsonDocument list = JsonDocument.Parse(body);
            return list.RootElement.ValueKind == JsonValueKind.Array
                ? list.RootElement.EnumerateArray()
                    .Where(item => item.GetProperty("Name").GetString() == name)
                    .Select(static item => (int?)item.GetProperty("Id").GetInt32())
                    .FirstOrDefault()
                : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
