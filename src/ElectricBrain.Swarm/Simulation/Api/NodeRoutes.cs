using System.Text.Json;
using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Simulation.State;

namespace ElectricBrain.Swarm.Simulation.Api;

/// <summary><c>/nodes</c>.</summary>
internal sealed class NodeRoutes(ClusterState state)
{
    public EngineReply Answer(EngineCall call) => (call.Method.Method, call.Segments) switch
    {
        ("GET", [_]) => EngineReply.Json(List(call.Filters)),
        ("GET", [_, var id]) => EngineReply.Json(JsonText.Write(json => Write(json, Find(id)))),
        ("POST", [_, var id, "update"]) => Update(Find(id), call),
        ("DELETE", [_, var id]) => Remove(Find(id), call.Query("force") is "1" or "true"),
        _ => EngineReply.PageNotFound,
    };

    public void SetAvailability(NodeRecord node, NodeAvailability availability)
    {
        var before = node.Availability;
        node.Availability = availability;
        Changed(node, [("name", node.Hostname), ("availability.new", Name(availability)), ("availability.old", Name(before))]);
    }

    public void Changed(NodeRecord node, params ReadOnlySpan<(string, string?)> attributes)
    {
        state.Touch(node);
        state.MarkAllDirty();
        state.Events.Add("node", "update", node.Id, attributes);
    }

    private byte[] List(ListFilters filters)
    {
        filters.Only("id", "name", "label", "node.label", "membership", "role");
        return JsonText.WriteArray(
            state.Nodes.Values.Where(node => filters.AllowsPrefix("id", node.Id) && filters.AllowsPrefix("name", node.Hostname)
                && filters.Allows("role", RoleOf(node)) && filters.AllowsLabels("node.label", name => node.Labels.GetValueOrDefault(name))
                && filters.AllowsLabels("label", _ => null) && filters.Allows("membership", "accepted")),
            Write);
    }

    private NodeRecord Find(string id) => state.Nodes.GetValueOrDefault(id == "self" ? state.Leader?.Id ?? id : id)
        ?? state.Nodes.Values.FirstOrDefault(node => node.Hostname == id)
        ?? throw EngineError.NotFound("node", id);

    private EngineReply Update(NodeRecord node, EngineCall call)
    {
        var spec = call.ReadJson();
        if (call.BaseVersion() != node.Version)
        {
            throw EngineError.OutOfSequence();
        }

        var availability = spec["Availability"]?.GetValue<string>() switch
        {
            "active" => NodeAvailability.Active,
            "pause" => NodeAvailability.Pause,
            "drain" => NodeAvailability.Drain,
            var other => throw EngineError.BadRequest($"invalid Availability: \"{other}\""),
        };
        var role = spec["Role"]?.GetValue<string>() switch
        {
            "worker" => NodeRole.Worker,
            "manager" => NodeRole.Manager,
            var other => throw EngineError.BadRequest($"invalid Role: \"{other}\""),
        };
        if (node.IsLeader && role == NodeRole.Worker)
        {
            throw EngineError.InUse("attempting to demote the last manager of the swarm");
        }

        node.Role = role;
        node.Labels = (spec["Labels"] as JsonObject ?? []).ToDictionary(label => label.Key, label => label.Value?.GetValue<string>() ?? "");
        SetAvailability(node, availability);
        return EngineReply.Empty;
    }

    private EngineReply Remove(NodeRecord node, bool force)
    {
        if (node.IsUp && !force)
        {
            throw EngineError.InUse($"node {node.Id} is not down and can't be removed");
        }

        state.Nodes.Remove(node.Id);
        node.IsUp = false;
        state.MarkAllDirty();
        state.Events.Add("node", "remove", node.Id, ("name", node.Hostname));
        return EngineReply.Empty;
    }

    private static void Write(Utf8JsonWriter json, NodeRecord node)
    {
        json.WriteStartObject();
        json.WriteHead(node.Id, node.Version, node.CreatedAt, node.UpdatedAt);
        json.WriteStartObject("Spec");
        json.WriteMap("Labels", node.Labels);
        json.WriteString("Role", RoleOf(node));
        json.WriteString("Availability", Name(node.Availability));
        json.WriteEndObject();

        json.WriteStartObject("Description");
        json.WriteString("Hostname", node.Hostname);
        json.WriteStartObject("Platform");
        json.WriteString("Architecture", node.Machine.Architecture);
        json.WriteString("OS", "linux");
        json.WriteEndObject();
        json.WriteStartObject("Resources");
        json.WriteNumber("NanoCPUs", node.Machine.Cpus * 1_000_000_000L);
        json.WriteNumber("MemoryBytes", node.Machine.MemoryBytes);
        json.WriteEndObject();
        json.WriteStartObject("Engine");
        json.WriteString("EngineVersion", node.Machine.EngineVersion);
        json.WriteStartArray("Plugins");
        WritePlugin(json, "Log", "json-file");
        WritePlugin(json, "Network", "overlay");
        WritePlugin(json, "Volume", "local");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();

        json.WriteStartObject("Status");
        json.WriteString("State", node.IsUp ? "ready" : "down");
        if (!node.IsUp)
        {
            json.WriteString("Message", "heartbeat failure");
        }

        json.WriteString("Addr", node.Address);
        json.WriteEndObject();
        if (node.Role == NodeRole.Manager)
        {
            json.WriteStartObject("ManagerStatus");
            if (node.IsLeader)
            {
                json.WriteBoolean("Leader", true);
            }

            json.WriteString("Reachability", node.IsUp ? "reachable" : "unreachable");
            json.WriteString("Addr", node.Address + ":2377");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WritePlugin(Utf8JsonWriter json, string type, string name)
    {
        json.WriteStartObject();
        json.WriteString("Type", type);
        json.WriteString("Name", name);
        json.WriteEndObject();
    }

    private static string RoleOf(NodeRecord node) => node.Role == NodeRole.Manager ? "manager" : "worker";

    private static string Name(NodeAvailability availability) => availability switch
    {
        NodeAvailability.Pause => "pause",
        NodeAvailability.Drain => "drain",
        _ => "active",
    };
}
