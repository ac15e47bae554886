using System.Text.Json;
using System.Text.Json.Nodes;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>The fields of a service that a stack decides, and when two values of one mean the same.</summary>
/// <remarks>Defaults from SwarmKit (api/defaults) and the Docker Engine API 1.41.</remarks>
internal static class ServiceFields
{
    private const string Container = "TaskTemplate.ContainerSpec.";

    public static IReadOnlyList<ManagedField> All { get; } =
    [
        Plain("Labels", restarts: false),
        Plain(Container + "Image"),
        Plain(Container + "Labels"),
        Plain(Container + "Command"),
        Plain(Container + "Args"),
        Plain(Container + "Hostname"),
        Plain(Container + "Env"),
        Plain(Container + "Dir"),
        Plain(Container + "User"),
        Exact(Container + "Init"),
        Plain(Container + "StopSignal"),
        Plain(Container + "TTY"),
        Plain(Container + "OpenStdin"),
        Plain(Container + "ReadOnly"),
        Plain(Container + "Mounts"),
        Exact(Container + "StopGracePeriod"),
        Plain(Container + "Healthcheck"),
        Plain(Container + "Hosts"),
        Plain(Container + "DNSConfig"),
        Plain(Container + "Secrets"),
        Plain(Container + "Configs"),
        Plain(Container + "Sysctls"),
        Plain(Container + "CapabilityAdd"),
        Plain(Container + "CapabilityDrop"),
        Plain(Container + "Ulimits"),
        Plain("TaskTemplate.Resources.Limits.NanoCPUs"),
        Plain("TaskTemplate.Resources.Limits.MemoryBytes"),
        Plain("TaskTemplate.Resources.Limits.Pids"),
        Plain("TaskTemplate.Resources.Reservations.NanoCPUs"),
        Plain("TaskTemplate.Resources.Reservations.MemoryBytes"),
        new("TaskTemplate.RestartPolicy", true, node => WithoutDefaults(node, ("Condition", "any"))),
        Plain("TaskTemplate.Placement.Constraints"),
        Plain("TaskTemplate.Placement.Preferences"),
        Plain("TaskTemplate.Placement.MaxReplicas"),
        Plain("TaskTemplate.Placement.Platforms"),
        Plain("TaskTemplate.Networks"),
        Plain("TaskTemplate.LogDriver"),
        new("Mode", false, Mode),
        new("UpdateConfig", false, Rollout),
        new("RollbackConfig", false, Rollout),
        new("EndpointSpec.Mode", true, node => Text(node) == "vip" ? null : Prune(node)),
        new("EndpointSpec.Ports", true, Ports),
    ];

    /// <summary>Leaves out what says nothing: null, false, 0, empty texts, lists and objects.</summary>
    public static JsonNode? Prune(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject json:
                var pruned = new JsonObject();
                foreach ((string key, JsonNode? value) in json)
                {
                    if (Prune(value) is { } kept)
                    {
                        pruned[key] = kept;
                    }
                }

                return pruned.Count == 0 ? null : pruned;
            case JsonArray list:
                JsonNode?[] items = [.. list.Select(item => item is JsonObject ? Prune(item) ?? new JsonObject() : item?.DeepClone())];
                return items.Length == 0 ? null : new JsonArray(items);
            case JsonValue value:
                return value.GetValueKind() switch
                {
                    JsonValueKind.False => null,
                    JsonValueKind.Number when value.ToJsonString() == "0" => null,
                    JsonValueKind.String when Text(value) is "" => null,
                    _ => value.DeepClone(),
                };
            default:
                return null;
        }
    }

    private static ManagedField Plain(string path, bool restarts = true) => new(path, restarts, Prune);

    // Zero and false are said on purpose here.
    private static ManagedField Exact(string path) => new(path, true, node => node?.DeepClone());

    private static JsonObject? WithoutDefaults(JsonNode? node, params ReadOnlySpan<(string Key, string Default)> defaults)
    {
        if (Prune(node) is not JsonObject json)
        {
            return null;
        }

        foreach ((string key, string usual) in defaults)
        {
            if (Text(json[key]) == usual)
            {
                json.Remove(key);
            }
        }

        return json.Count == 0 ? null : json;
    }

    private static JsonObject? Mode(JsonNode? node)
    {
        if (node is not JsonObject { Count: > 0 } mode)
        {
            return null;
        }

        string kind = mode.First().Key;
        JsonNode? counts = mode[kind]?.DeepClone();
        if (kind == "Replicated" && (counts as JsonObject)?["Replicas"] is null)
        {
            counts = new JsonObject { ["Replicas"] = 1 };
        }

        return new JsonObject { [kind] = kind == "Replicated" ? counts : Prune(counts) };
    }

    // A parallelism of 0 replaces all tasks at once, which is not the default of 1.
    private static JsonObject? Rollout(JsonNode? node)
    {
        if (node is not JsonObject rollout)
        {
            return null;
        }

        var json = WithoutDefaults(rollout, ("FailureAction", "pause"), ("Order", "stop-first")) ?? [];
        json["Parallelism"] = rollout["Parallelism"]?.DeepClone() ?? 0;
        return json;
    }

    private static JsonArray? Ports(JsonNode? node) => node is not JsonArray ports
        ? null
        : SpecJson.Array(ports.Select(port => WithoutDefaults(port, ("Protocol", "tcp"), ("PublishMode", "ingress")) ?? []));

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
