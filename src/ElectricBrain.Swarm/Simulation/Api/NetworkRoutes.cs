using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Simulation.State;

namespace ElectricBrain.Swarm.Simulation.Api;

/// <summary><c>/networks</c>: the overlay networks of the cluster.</summary>
internal sealed class NetworkRoutes(ClusterState state)
{
    private int _lastNumber = -1;

    public EngineReply Answer(EngineCall call) => (call.Method.Method, call.Segments) switch
    {
        ("GET", [_]) => EngineReply.Json(List(call.Filters)),
        ("GET", [_, var id]) => EngineReply.Json(JsonText.Write(json => Write(json, Find(id)))),
        ("POST", [_, "create"]) => Create(call.ReadJson()),
        ("DELETE", [_, var id]) => Remove(Find(id)),
        _ => EngineReply.PageNotFound,
    };

    public NetworkRecord Find(string id) => state.Networks.GetValueOrDefault(id)
        ?? state.Networks.Values.FirstOrDefault(network => network.Name == id)
        ?? throw EngineError.NotFound("network", id);

    /// <summary>The network of the routing mesh, which a swarm has from its beginning.</summary>
    public NetworkRecord AddIngress() => Add("ingress", new JsonObject { ["Name"] = "ingress", ["Driver"] = "overlay", ["Ingress"] = true }, isIngress: true);

    private byte[] List(ListFilters filters)
    {
        filters.Only("id", "name", "label", "driver", "scope", "type", "dangling");
        return JsonText.WriteArray(
            state.Networks.Values.Where(network => filters.AllowsPrefix("id", network.Id) && filters.AllowsPart("name", network.Name)
                && filters.Allows("driver", "overlay") && filters.Allows("scope", "swarm") && filters.Allows("type", network.IsIngress ? "builtin" : "custom")
                && filters.AllowsLabels("label", name => network.Request["Labels"]?[name]?.GetValue<string>())),
            Write);
    }

    private EngineReply Create(JsonObject request)
    {
        var name = request["Name"]?.GetValue<string>();
        if (string.IsNullOrEmpty(name))
        {
            throw EngineError.BadRequest("network name must be provided");
        }

        var driver = request["Driver"]?.GetValue<string>();
        if (driver is not "overlay")
        {
            throw EngineError.BadRequest($"the simulated engine has networks of the driver overlay only, not of '{driver}'");
        }

        if (state.Networks.Values.Any(network => network.Name == name))
        {
            throw new EngineError(HttpStatusCode.Conflict, $"network with name {name} already exists");
        }

        var record = Add(name, request, isIngress: false);
        state.Events.Add("network", "create", record.Id, ("name", name));
        return EngineReply.Created("Id", record.Id, warning: "");
    }

    private NetworkRecord Add(string name, JsonObject request, bool isIngress)
    {
        var record = new NetworkRecord(state.Ids.NextObjectId(), name, request, ++_lastNumber) { CreatedAt = state.Now, IsIngress = isIngress };
        state.Networks.Add(record.Id, record);
        return record;
    }

    private EngineReply Remove(NetworkRecord network)
    {
        if (state.Services.Values.FirstOrDefault(service => service.VirtualIps.Any(address => address.NetworkId == network.Id)) is { } user)
        {
            throw EngineError.InUse($"network {network.Id} is in use by service {user.Id}");
        }

        state.Networks.Remove(network.Id);
        state.Events.Add("network", "remove", network.Id, ("name", network.Name));
        return EngineReply.NoContent();
    }

    private static void Write(Utf8JsonWriter json, NetworkRecord network)
    {
        var request = network.Request;
        json.WriteStartObject();
        json.WriteString("Name", network.Name);
        json.WriteString("Id", network.Id);
        json.WriteTime("Created", network.CreatedAt);
        json.WriteString("Scope", "swarm");
        json.WriteString("Driver", "overlay");
        json.WriteBoolean("EnableIPv6", Flag(request, "EnableIPv6"));
        json.WriteStartObject("IPAM");
        json.WriteString("Driver", "default");
        json.WriteNull("Options");
        json.WritePropertyName("Config");
        if (request["IPAM"]?["Config"] is JsonArray { Count: > 0 } configured)
        {
            configured.WriteTo(json);
        }
        else
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("Subnet", network.Subnet);
            json.WriteString("Gateway", network.Gateway);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteBoolean("Internal", Flag(request, "Internal"));
        json.WriteBoolean("Attachable", Flag(request, "Attachable"));
        json.WriteBoolean("Ingress", network.IsIngress);
        json.WriteStartObject("ConfigFrom");
        json.WriteString("Network", "");
        json.WriteEndObject();
        json.WriteBoolean("ConfigOnly", false);
        json.WriteNull("Containers");
        json.WriteStartObject("Options");
        json.WriteString("com.docker.network.driver.overlay.vxlanid_list", network.VxlanId.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in request["Options"] as JsonObject ?? [])
        {
            json.WriteString(name, value?.GetValue<string>());
        }

        json.WriteEndObject();
        json.WritePropertyName("Labels");
        if (request["Labels"] is JsonObject { Count: > 0 } labels)
        {
            labels.WriteTo(json);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndObject();
    }

    private static bool Flag(JsonObject request, string name) => request[name]?.GetValue<bool>() ?? false;
}
