using System.Text.Json;
using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Simulation.State;

namespace ElectricBrain.Swarm.Simulation.Api;

/// <summary><c>/configs</c> and <c>/secrets</c>, which differ in their names and in that a secret's data is never returned.</summary>
/// <param name="state">The cluster.</param>
/// <param name="kind"><c>config</c> or <c>secret</c>.</param>
/// <param name="records">The configs or the secrets.</param>
internal sealed class PayloadRoutes(ClusterState state, string kind, Dictionary<string, PayloadRecord> records)
{
    private readonly string _references = kind == "secret" ? "Secrets" : "Configs";
    private readonly string _referenceId = kind == "secret" ? "SecretID" : "ConfigID";

    public EngineReply Answer(EngineCall call) => (call.Method.Method, call.Segments) switch
    {
        ("GET", [_]) => EngineReply.Json(List(call.Filters)),
        ("GET", [_, var id]) => EngineReply.Json(JsonText.Write(json => Write(json, Find(id)))),
        ("POST", [_, "create"]) => Create(call.ReadJson()),
        ("POST", [_, var id, "update"]) => Update(Find(id), call),
        ("DELETE", [_, var id]) => Remove(Find(id)),
        _ => EngineReply.PageNotFound,
    };

    private byte[] List(ListFilters filters)
    {
        filters.Only("id", "name", "names", "label");
        return JsonText.WriteArray(
            records.Values.Where(record => filters.AllowsPrefix("id", record.Id) && filters.AllowsPrefix("name", record.Name)
                && filters.Allows("names", record.Name)
                && filters.AllowsLabels("label", name => record.Spec["Labels"]?[name]?.GetValue<string>())),
            Write);
    }

    private PayloadRecord Find(string id) => records.GetValueOrDefault(id)
        ?? records.Values.FirstOrDefault(record => record.Name == id)
        ?? throw EngineError.NotFound(kind, id);

    private EngineReply Create(JsonObject spec)
    {
        var name = spec["Name"]?.GetValue<string>();
        if (string.IsNullOrEmpty(name))
        {
            throw EngineError.InvalidArgument("name must be provided");
        }

        if (records.Values.Any(record => record.Name == name))
        {
            throw EngineError.AlreadyExists($"{kind} {name} already exists");
        }

        spec["Labels"] ??= new JsonObject();
        if (kind == "secret")
        {
            spec.Remove("Data");
        }

        var record = new PayloadRecord(state.Ids.NextObjectId(), spec) { Version = state.NextIndex(), CreatedAt = state.Now, UpdatedAt = state.Now };
        records.Add(record.Id, record);
        state.Events.Add(kind, "create", record.Id, ("name", record.Name));
        return EngineReply.Created("ID", record.Id);
    }

    private EngineReply Update(PayloadRecord record, EngineCall call)
    {
        if (call.BaseVersion() != record.Version)
        {
            throw EngineError.OutOfSequence();
        }

        var labels = call.ReadJson()["Labels"]?.DeepClone() ?? new JsonObject();
        record.Spec["Labels"] = labels;
        record.Version = state.NextIndex();
        record.UpdatedAt = state.Now;
        state.Events.Add(kind, "update", record.Id, ("name", record.Name));
        return EngineReply.Empty;
    }

    private EngineReply Remove(PayloadRecord record)
    {
        var users = state.Services.Values.Where(service => Uses(service, record)).Select(service => service.Name).ToList();
        if (users.Count > 0)
        {
            throw EngineError.InvalidArgument(
                $"{kind} '{record.Name}' is in use by the following service{(users.Count > 1 ? "s" : "")}: {string.Join(", ", users)}");
        }

        records.Remove(record.Id);
        state.Events.Add(kind, "remove", record.Id, ("name", record.Name));
        return EngineReply.NoContent();
    }

    private bool Uses(ServiceRecord service, PayloadRecord record) =>
        (service.Spec.Template["ContainerSpec"]?[_references] as JsonArray ?? []).Any(item => item?[_referenceId]?.GetValue<string>() == record.Id);

    private static void Write(Utf8JsonWriter json, PayloadRecord record)
    {
        json.WriteStartObject();
        json.WriteHead(record.Id, record.Version, record.CreatedAt, record.UpdatedAt);
        json.WriteNode("Spec", record.Spec);
        json.WriteEndObject();
    }
}
