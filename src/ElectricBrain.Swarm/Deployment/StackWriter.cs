using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Connections.Docker;
using ElectricBrain.Swarm.Specs;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>Writes the changes of one plan, one request each.</summary>
internal sealed class StackWriter(RawApi api, StackPlan plan)
{
    private readonly StackSpec _stack = plan.Stack;

    // Grows by what is created, so that services find the identifiers of new secrets and configs.
    private ObservedStack _observed = plan.Observed;

    public Task WriteAsync(PlannedChange change, CancellationToken cancellationToken) => (change.Kind, change.Action) switch
    {
        (_, PlannedAction.Unchanged) => Task.CompletedTask,
        (ObjectKind.Service, PlannedAction.Remove) => api.DeleteAsync($"services/{_observed.Find(ObjectKind.Service, change.Name)!.Id}", cancellationToken),
        (ObjectKind.Service, PlannedAction.Update) => UpdateServiceAsync(change.Name, cancellationToken),
        (_, PlannedAction.Create) => CreateAsync(change, cancellationToken),
        (_, PlannedAction.Update) => UpdateLabelsAsync(change, cancellationToken),
        _ => throw new InvalidOperationException($"No plan asks to {change}."),
    };

    private static string CollectionOf(ObjectKind kind) => kind switch
    {
        ObjectKind.Network => "networks",
        ObjectKind.Secret => "secrets",
        ObjectKind.Config => "configs",
        _ => "services",
    };

    private async Task CreateAsync(PlannedChange change, CancellationToken cancellationToken)
    {
        JsonObject body = change.Kind == ObjectKind.Service ? ServicePlanner.Wanted(Service(change.Name), _stack.Name, _observed, null) : Wanted(change);
        JsonObject answer = await api.PostAsync($"{CollectionOf(change.Kind)}/create", body, cancellationToken).ConfigureAwait(false) ?? [];
        var created = new ObservedObject(new JsonObject { ["ID"] = (answer["ID"] ?? answer["Id"])?.DeepClone(), ["Name"] = change.Name });
        _observed = change.Kind switch
        {
            ObjectKind.Secret => _observed with { Secrets = [.. _observed.Secrets, created] },
            ObjectKind.Config => _observed with { Configs = [.. _observed.Configs, created] },
            _ => _observed,
        };
    }

    private async Task UpdateServiceAsync(string name, CancellationToken cancellationToken)
    {
        ObservedObject current = _observed.Find(ObjectKind.Service, name)!;
        try
        {
            await UpdateServiceAsync(current, name, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException e) when (e.Failure == EngineFailure.Conflict)
        {
            // The managers themselves count a service's version up, too. Once more on what is there now; a second conflict is somebody's doing.
            var now = new ObservedObject(await api.GetObjectAsync($"services/{current.Id}", cancellationToken).ConfigureAwait(false));
            await UpdateServiceAsync(now, name, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<JsonObject?> UpdateServiceAsync(ObservedObject current, string name, CancellationToken cancellationToken)
    {
        JsonObject wanted = ServicePlanner.Wanted(Service(name), _stack.Name, _observed, current);
        return api.PostAsync($"services/{current.Id}/update?version={current.Version}", ServicePlanner.Merge(current.Spec, wanted, _observed), cancellationToken);
    }

    private Task<JsonObject?> UpdateLabelsAsync(PlannedChange change, CancellationToken cancellationToken)
    {
        ObservedObject current = _observed.Find(change.Kind, change.Name)!;
        var body = (JsonObject)current.Spec.DeepClone();
        JsonObject wanted = Wanted(change);
        body["Labels"] = wanted["Labels"]!.DeepClone();
        body["Data"] = wanted["Data"]!.DeepClone();
        return api.PostAsync($"{CollectionOf(change.Kind)}/{current.Id}/update?version={current.Version}", body, cancellationToken);
    }

    private JsonObject Wanted(PlannedChange change) => change.Kind switch
    {
        ObjectKind.Network => NetworkJson.Write(_stack.Networks.Single(network => network.Name == change.Name), _stack.Name),
        ObjectKind.Secret => ContentJson.Write(_stack.Secrets.Single(secret => secret.Name == change.Name), _stack.Name),
        _ => ContentJson.Write(_stack.Configs.Single(config => config.Name == change.Name), _stack.Name),
    };

    private ServiceSpec Service(string name) => _stack.Services.Single(service => service.Name == name);
}
