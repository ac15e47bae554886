using System.Text.Json;
using System.Text.Json.Nodes;

namespace ElectricBrain.Swarm.Simulation.Api;

/// <summary>The <c>filters</c> of a listing: keys are all to be met, of a key's values one.</summary>
internal sealed class ListFilters
{
    private readonly Dictionary<string, HashSet<string>> _wanted = [];

    /// <summary>Reads both shapes, <c>{"name":["a"]}</c> and <c>{"name":{"a":true}}</c>.</summary>
    public static ListFilters Parse(string? json)
    {
        var filters = new ListFilters();
        if (string.IsNullOrEmpty(json))
        {
            return filters;
        }

        try
        {
            foreach (var (key, values) in JsonNode.Parse(json)!.AsObject())
            {
                filters._wanted[key] = values is JsonArray list
                    ? [.. list.Select(item => item!.GetValue<string>())]
                    : [.. values!.AsObject().Where(item => item.Value?.GetValue<bool>() == true).Select(item => item.Key)];
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw EngineError.BadRequest("invalid filter");
        }

        return filters;
    }

    /// <summary>Refuses filters that the listing does not know.</summary>
    public ListFilters Only(params ReadOnlySpan<string> known)
    {
        foreach (var key in _wanted.Keys)
        {
            if (!known.Contains(key))
            {
                throw EngineError.BadRequest($"Invalid filter '{key}'");
            }
        }

        return this;
    }

    public bool Allows(string key, string value) => !Has(key, out var wanted) || wanted.Contains(value);

    public bool AllowsAny(string key, params ReadOnlySpan<string> values)
    {
        if (!Has(key, out var wanted))
        {
            return true;
        }

        foreach (var value in values)
        {
            if (wanted.Contains(value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The engine finds identifiers and names of services, nodes, configs and secrets by how they begin.</summary>
    public bool AllowsPrefix(string key, string value) =>
        !Has(key, out var wanted) || wanted.Any(prefix => value.StartsWith(prefix, StringComparison.Ordinal));

    public bool AllowsPart(string key, string value) =>
        !Has(key, out var wanted) || wanted.Any(part => value.Contains(part, StringComparison.Ordinal));

    /// <summary>Labels are wanted as <c>key</c> or <c>key=value</c>, and all of them.</summary>
    public bool AllowsLabels(string key, Func<string, string?> valueOf) => !Has(key, out var wanted) || wanted.All(label =>
        label.Split('=', 2) is [var name, var value] ? valueOf(name) == value : valueOf(label) is not null);

    private bool Has(string key, out HashSet<string> wanted) => _wanted.TryGetValue(key, out wanted!) && wanted.Count > 0;
}
