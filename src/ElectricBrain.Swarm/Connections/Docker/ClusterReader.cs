using System.Text.Json;
using Docker.DotNet;
using ElectricBrain.Swarm.Model;
using WireVersion = Docker.DotNet.Models.Version;

namespace ElectricBrain.Swarm.Connections.Docker;

/// <summary>Reads the cluster through the typed client. Each list comes with its objects' versions, by which a change is seen cheaply.</summary>
internal static class ClusterReader
{
    public sealed record Listing<T>(IReadOnlyList<T> Items, IReadOnlyList<ObjectVersion> Versions);

    public sealed record Reading(ClusterSnapshot Snapshot, IReadOnlyList<ObjectVersion> Versions);

    /// <summary>The state of one object: the managers count <paramref name="Index"/> up on every change.</summary>
    public readonly record struct ObjectVersion(string Id, ulong? Index);

    public static async Task<Reading> ReadAsync(EngineSession session, CancellationToken cancellationToken)
    {
        Task<Listing<SwarmNode>> nodes = ReadNodesAsync(session, cancellationToken);
        Task<Listing<SwarmService>> services = ReadServicesAsync(session, cancellationToken);
        Task<Listing<SwarmTask>> tasks = ReadTasksAsync(session, cancellationToken);
        await Task.WhenAll(nodes, services, tasks).ConfigureAwait(false);
        (Listing<SwarmNode> n, Listing<SwarmService> s, Listing<SwarmTask> t) =
            (await nodes.ConfigureAwait(false), await services.ConfigureAwait(false), await tasks.ConfigureAwait(false));
        return new Reading(new ClusterSnapshot(n.Items, s.Items, t.Items), [.. n.Versions, .. s.Versions, .. t.Versions]);
    }

    public static Task<Listing<SwarmNode>> ReadNodesAsync(EngineSession session, CancellationToken cancellationToken) => ListAsync(
        session,
        session.Typed.Swarm.ListNodesAsync,
        node => node.ID,
        node => node.Version,
        items => items.Select(ModelMapping.ToModel).OrderBy(node => node.Hostname, StringComparer.Ordinal).ThenBy(node => node.Id, StringComparer.Ordinal),
        cancellationToken);

    public static Task<Listing<SwarmService>> ReadServicesAsync(EngineSession session, CancellationToken cancellationToken) => ListAsync(
        session,
        token => session.Typed.Swarm.ListServicesAsync(cancellationToken: token),
        service => service.ID,
        service => service.Version,
        items => items.Select(ModelMapping.ToModel).OrderBy(service => service.Name, StringComparer.Ordinal),
        cancellationToken);

    public static Task<Listing<SwarmTask>> ReadTasksAsync(EngineSession session, CancellationToken cancellationToken) => ListAsync(
        session,
        token => session.Typed.Tasks.ListAsync(cancellationToken: token),
        task => task.ID,
        task => task.Version,
        items => items.OrderBy(task => task.ServiceID, StringComparer.Ordinal)
            .ThenBy(task => task.Slot ?? 0)
            .ThenByDescending(task => task.CreatedAt)
            .Select(ModelMapping.ToModel),
        cancellationToken);

    private static async Task<Listing<TModel>> ListAsync<TEngine, TModel>(
        EngineSession session,
        Func<CancellationToken, Task<IList<TEngine>>> list,
        Func<TEngine, string> id,
        Func<TEngine, WireVersion?> version,
        Func<IList<TEngine>, IEnumerable<TModel>> map,
        CancellationToken cancellationToken)
    {
        try
        {
            // The engine writes an empty list as null, too.
            IList<TEngine> items = await list(cancellationToken).ConfigureAwait(false) ?? [];
            return new Listing<TModel>([.. map(items)], [.. items.Select(item => new ObjectVersion(id(item), version(item)?.Index)).OrderBy(v => v.Id, StringComparer.Ordinal)]);
        }
        catch (Exception e) when (e is JsonException or FormatException or DockerApiException)
        {
            throw new EngineException(
                EngineFailure.EngineFault, session.Endpoint, $"The engine at {session.Endpoint} gave a list that cannot be read: {e.Message}", innerException: e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new EngineException(
                EngineFailure.Unreachable, session.Endpoint, $"The engine at {session.Endpoint} broke off its answer: {e.Message}", innerException: e);
        }
    }
}
