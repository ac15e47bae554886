using System.Text.Json.Nodes;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>A field of a service's spec that a stack decides. All other fields are kept as they are found.</summary>
/// <param name="Path">Where the field is.</param>
/// <param name="RestartsTasks">Whether a change replaces the service's tasks.</param>
/// <param name="Canonical">Brings a value into a form in which equal meanings are equal: defaults and empty parts left out.</param>
internal sealed record ManagedField(string Path, bool RestartsTasks, Func<JsonNode?, JsonNode?> Canonical)
{
    private readonly string[] _keys = Path.Split('.');

    public JsonNode? Get(JsonObject spec)
    {
        JsonNode? node = spec;
        foreach (string key in _keys)
        {
            node = (node as JsonObject)?[key];
        }

        return node;
    }

    /// <summary>Sets the field, or removes it when the value is null.</summary>
    public void Set(JsonObject spec, JsonNode? value)
    {
        JsonObject parent = spec;
        foreach (string key in _keys.AsSpan(..^1))
        {
            if (parent[key] is not JsonObject child)
            {
                if (value is null)
                {
                    return;
                }

                child = [];
                parent[key] = child;
            }

            parent = child;
        }

        if (value is null)
        {
            parent.Remove(_keys[^1]);
        }
        else
        {
            parent[_keys[^1]] = value.DeepClone();
        }
    }
}
