using System.Net;
using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Simulation.Orchestration;
using ElectricBrain.Swarm.Simulation.State;

namespace ElectricBrain.Swarm.Simulation.Api;

/// <summary><c>/services</c>.</summary>
internal sealed class ServiceRoutes(ClusterState state, Updater updater, NetworkRoutes networks)
{
    private const int FirstAssignedPort = 30_000;

    public EngineReply Answer(EngineCall call) => (call.Method.Method, call.Segments) switch
    {
        ("GET", [_]) => EngineReply.Json(List(call.Filters)),
        ("GET", [_, var id]) => EngineReply.Json(JsonText.Write(json => ServiceJson.Write(json, Find(id)))),
        ("POST", [_, "create"]) => Create(call.ReadJson()),
        ("POST", [_, var id, "update"]) => Update(Find(id), call),
        ("DELETE", [_, var id]) => Remove(Find(id)),
        _ => EngineReply.PageNotFound,
    };

    public ServiceRecord Find(string id) => state.Services.GetValueOrDefault(id)
        ?? state.Services.Values.FirstOrDefault(service => service.Name == id)
        ?? throw EngineError.NotFound("service", id);

    private byte[] List(ListFilters filters)
    {
        filters.Only("id", "name", "label", "mode", "runtime");
        return JsonText.WriteArray(
            state.Services.Values.Where(service => filters.AllowsPrefix("id", service.Id) && filters.AllowsPrefix("name", service.Name)
                && filters.Allows("mode", service.Spec.IsGlobal ? "global" : "replicated")
                && filters.AllowsLabels("label", name => service.Spec.Json["Labels"]?[name]?.GetValue<string>())),
            ServiceJson.Write);
    }

    private EngineReply Create(JsonObject body)
    {
        ResolveNetworks(body);
        var spec = ServiceSpec.Parse(body);
        if (state.Services.Values.Any(other => other.Name == spec.Name))
        {
            throw EngineError.AlreadyExists($"name conflicts with an existing object: service {spec.Name} already exists");
        }

        RefuseTakenPorts(spec, null);
        var service = new ServiceRecord(state.Ids.NextObjectId(), spec) { CreatedAt = state.Now };
        state.Touch(service);
        state.Services.Add(service.Id, service);
        Connect(service);
        state.Dirty.Enqueue((service, null));
        state.Events.Add("service", "create", service.Id, ("name", service.Name));
        return EngineReply.Created("ID", service.Id);
    }

    private EngineReply Update(ServiceRecord service, EngineCall call)
    {
        if (call.BaseVersion() != service.Version)
        {
            throw EngineError.OutOfSequence();
        }

        if (call.Query("rollback") == "previous")
        {
            return RollBack(service);
        }

        var body = call.ReadJson();
        ResolveNetworks(body);
        var spec = ServiceSpec.Parse(body);
        if (spec.Name != service.Name)
        {
            throw new EngineError(HttpStatusCode.NotImplemented, "rpc error: code = Unimplemented desc = renaming services is not supported");
        }

        if (spec.Mode != service.Spec.Mode)
        {
            throw new EngineError(HttpStatusCode.NotImplemented, "rpc error: code = Unimplemented desc = service mode change is not allowed");
        }

        RefuseTakenPorts(spec, service);
        var replaces = service.Change(spec);
        Changed(service);
        if (replaces)
        {
            updater.Begin(service);
        }

        return EngineReply.Json("{\"Warnings\":null}"u8.ToArray());
    }

    private EngineReply RollBack(ServiceRecord service)
    {
        var previous = service.PreviousSpec ?? throw EngineError.InUse($"service {service.Name} does not have a previous spec");
        var replaces = service.Change(previous);
        Changed(service);
        if (replaces)
        {
            updater.Begin(service, isRollback: true, "manually requested rollback");
        }

        return EngineReply.Json("{\"Warnings\":null}"u8.ToArray());
    }

    private void Changed(ServiceRecord service)
    {
        state.Touch(service);
        Connect(service);
        state.Dirty.Enqueue((service, null));
        state.Events.Add("service", "update", service.Id, ("name", service.Name));
    }

    private EngineReply Remove(ServiceRecord service)
    {
        service.IsRemoved = true;
        state.Services.Remove(service.Id);
        state.Dirty.Enqueue((service, null));
        state.Events.Add("service", "remove", service.Id, ("name", service.Name));
        return EngineReply.Empty;
    }

    /// <summary>Gives the service its ports, and an address on each of its networks.</summary>
    private void Connect(ServiceRecord service)
    {
        service.Ports = [.. service.Spec.Ports.Select(port => port.PublishedPort > 0 || port.PublishMode == "host" ? port : port with { PublishedPort = AssignPort(port, service) })];
        var wanted = NetworksOf(service.Spec.Json).Select(target => target["Target"]!.GetValue<string>()).ToList();
        if (service.Ports.Any(port => port.PublishMode == "ingress"))
        {
            wanted.Insert(0, networks.Find("ingress").Id);
        }

        service.VirtualIps = [.. wanted.Distinct().Select(id =>
            service.VirtualIps.FirstOrDefault(address => address.NetworkId == id) is { Address: not null } known ? known : (id, networks.Find(id).NextAddress()))];
    }

    /// <summary>Keeps the port that the service had, else takes the first free one.</summary>
    private int AssignPort(ServicePort wanted, ServiceRecord service)
    {
        if (service.Ports.FirstOrDefault(had => had.TargetPort == wanted.TargetPort && had.Protocol == wanted.Protocol && had.PublishedPort >= FirstAssignedPort) is { } kept)
        {
            return kept.PublishedPort;
        }

        var taken = state.Services.Values.SelectMany(other => other.Ports).Select(port => port.PublishedPort).ToHashSet();
        return Enumerable.Range(FirstAssignedPort, 2_768).First(port => !taken.Contains(port));
    }

    private void RefuseTakenPorts(ServiceSpec spec, ServiceRecord? self)
    {
        foreach (var port in spec.Ports.Where(port => port is { PublishedPort: > 0, PublishMode: "ingress" }))
        {
            var user = state.Services.Values.FirstOrDefault(other => other != self
                && other.Ports.Any(taken => taken.PublishMode == "ingress" && taken.PublishedPort == port.PublishedPort && taken.Protocol == port.Protocol));
            if (user is not null)
            {
                throw EngineError.InvalidArgument($"port '{port.PublishedPort}' is already in use by service '{user.Name}' ({user.Id}) as an ingress port");
            }
        }
    }

    /// <summary>Clients may name networks; the engine keeps their identifiers.</summary>
    private void ResolveNetworks(JsonObject body)
    {
        foreach (var target in NetworksOf(body))
        {
            target["Target"] = networks.Find(target["Target"]?.GetValue<string>() ?? "").Id;
        }
    }

    private static IEnumerable<JsonObject> NetworksOf(JsonObject spec) =>
        ((spec["TaskTemplate"] as JsonObject)?["Networks"] as JsonArray ?? spec["Networks"] as JsonArray ?? []).OfType<JsonObject>();
}
