using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Connections.Docker;
using ElectricBrain.Swarm.Specs;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>Reads what the engine holds of a stack; all questions are asked at once.</summary>
internal static class StackObserver
{
    /// <summary>Reads what a plan needs.</summary>
    public static async Task<ObservedStack> ObserveAsync(
        EngineSession session, TimeProvider timeProvider, StackSpec stack, ImageResolution images, CancellationToken cancellationToken)
    {
        RawApi api = session.Raw;
        string label = StackFilter(stack.Name);
        Task<IReadOnlyList<ObservedObject>> services = ListAsync(api, $"services?filters={label}", cancellationToken);
        Task<IReadOnlyList<ObservedObject>> networks = ListAsync(api, $"networks?filters={label}", cancellationToken);
        Task<ObservedObject?[]> external = Task.WhenAll(stack.Networks.Where(network => network.IsExternal)
            .Select(network => FindNetworkAsync(api, network.Name, cancellationToken)));
        Task<IReadOnlyList<ObservedObject>> secrets = NamedAsync(api, "secrets", [.. stack.Secrets.Select(secret => secret.Name)], cancellationToken);
        Task<IReadOnlyList<ObservedObject>> configs = NamedAsync(api, "configs", [.. stack.Configs.Select(config => config.Name)], cancellationToken);
        Func<IReadOnlyList<ObservedObject>, IEnumerable<string>> asked = known => images switch
        {
            ImageResolution.Never => [],
            ImageResolution.Changed => stack.Services
                .Where(service => known.FirstOrDefault(item => item.Name == service.Name)?.Label(StackLabels.Image) != service.Image)
                .Select(service => service.Image),
            _ => stack.Services.Select(service => service.Image),
        };
        IReadOnlyList<ObservedObject> knownServices = images == ImageResolution.Changed ? await services.ConfigureAwait(false) : [];
        Task<(string Image, ResolvedImage? Resolved, string? Warning)[]> resolving = Task.WhenAll(asked(knownServices).Distinct(StringComparer.Ordinal)
            .Select(image => ImageResolver.ResolveAsync(api, timeProvider, image, cancellationToken)));
        await Task.WhenAll(services, networks, external, secrets, configs, resolving).ConfigureAwait(false);
        (string Image, ResolvedImage? Resolved, string? Warning)[] resolved = await resolving.ConfigureAwait(false);
        return new ObservedStack
        {
            Services = await services.ConfigureAwait(false),
            Networks = [.. await networks.ConfigureAwait(false), .. (await external.ConfigureAwait(false)).OfType<ObservedObject>()],
            Secrets = await secrets.ConfigureAwait(false),
            Configs = await configs.ConfigureAwait(false),
            Images = resolved.Where(item => item.Resolved is not null).ToDictionary(item => item.Image, item => item.Resolved!, StringComparer.Ordinal),
            Warnings = [.. resolved.Select(item => item.Warning).OfType<string>()],
        };
    }

    /// <summary>Reads everything under a stack's name.</summary>
    public static async Task<ObservedStack> ObserveAllAsync(RawApi api, string stackName, CancellationToken cancellationToken)
    {
        string label = StackFilter(stackName);
        IReadOnlyList<ObservedObject>[] lists = await Task.WhenAll(
            ListAsync(api, $"services?filters={label}", cancellationToken),
            ListAsync(api, $"networks?filters={label}", cancellationToken),
            ListAsync(api, $"secrets?filters={label}", cancellationToken),
            ListAsync(api, $"configs?filters={label}", cancellationToken)).ConfigureAwait(false);
        return new ObservedStack { Services = lists[0], Networks = lists[1], Secrets = lists[2], Configs = lists[3] };
    }

    public static string StackFilter(string stackName) => Filter("label", [$"{StackLabels.Namespace}={stackName}"]);

    /// <summary>Writes a filter of the engine API, ready for an address.</summary>
    public static string Filter(string key, IEnumerable<string> values)
    {
        var wanted = new JsonObject();
        foreach (string value in values)
        {
            wanted[value] = true;
        }

        return Uri.EscapeDataString(new JsonObject { [key] = wanted }.ToJsonString());
    }

    private static async Task<IReadOnlyList<ObservedObject>> ListAsync(RawApi api, string path, CancellationToken cancellationToken) =>
        [.. (await api.GetListAsync(path, cancellationToken).ConfigureAwait(false)).Select(item => new ObservedObject(item))];

    // The engine's filter by name also gives names that only start with the wanted one.
    private static async Task<IReadOnlyList<ObservedObject>> NamedAsync(RawApi api, string kind, string[] names, CancellationToken cancellationToken) =>
        names.Length == 0
            ? []
            : [.. (await ListAsync(api, $"{kind}?filters={Filter("name", names)}", cancellationToken).ConfigureAwait(false)).Where(item => names.Contains(item.Name))];

    private static async Task<ObservedObject?> FindNetworkAsync(RawApi api, string name, CancellationToken cancellationToken)
    {
        try
        {
            return new ObservedObject(await api.GetObjectAsync($"networks/{Uri.EscapeDataString(name)}", cancellationToken).ConfigureAwait(false));
        }
        catch (EngineException e) when (e.Failure == EngineFailure.NotFound)
        {
            return null;
        }
    }
}
