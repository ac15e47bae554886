using System.Globalization;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Simulation.State;

namespace ElectricBrain.Swarm.Simulation.Orchestration;

/// <summary>Finds a node for each pending task, or says why there is none.</summary>
/// <remarks>
/// Filters and their order: SwarmKit, manager/scheduler. Of the fitting nodes the one with the fewest tasks of the service wins,
/// then the one with the fewest tasks, then the first by name. Placement preferences are not looked at.
/// </remarks>
internal sealed class Scheduler(ClusterState state, TaskLifecycle lifecycle)
{
    private readonly int[] _refusals = new int[Filters.Length];

    private static readonly (Func<NodeRecord, ServiceRecord, ServiceSpec, bool> Fits, Func<int, string> Explain)[] Filters =
    [
        ((node, _, _) => node is { IsUp: true, Availability: NodeAvailability.Active }, count => $"{Nodes(count)} not available for new tasks"),
        ((node, _, spec) => HasRoom(node, spec), count => $"insufficient resources on {Nodes(count)}"),
        ((node, _, spec) => MeetsConstraints(node, spec), count => $"scheduling constraints not satisfied on {Nodes(count)}"),
        ((node, _, spec) => RunsPlatform(node, spec), count => $"unsupported platform on {Nodes(count)}"),
        ((node, service, spec) => HasFreePorts(node, service, spec), count => $"host-mode port already in use on {Nodes(count)}"),
        ((node, service, spec) => spec.MaxReplicasPerNode == 0 || node.TasksOfService(service.Id) < spec.MaxReplicasPerNode, _ => "max replicas per node limit exceed"),
    ];

    /// <summary>Whether the node is one for the service, regardless of what else runs there.</summary>
    public static bool IsEligible(NodeRecord node, ServiceSpec spec) => MeetsConstraints(node, spec) && RunsPlatform(node, spec);

    /// <summary>Whether a task that is on the node may stay there.</summary>
    public static bool MayStay(NodeRecord node, ServiceSpec spec) =>
        node.IsUp && node.Availability != NodeAvailability.Drain && MeetsConstraints(node, spec);

    /// <summary>Gives a node to every pending task that fits somewhere.</summary>
    public void PlacePending()
    {
        for (var entry = state.Pending.First; entry is not null;)
        {
            var (task, next) = (entry.Value, entry.Next);
            if (!task.IsWanted || Place(task))
            {
                state.Pending.Remove(entry);
            }

            entry = next;
        }
    }

    private bool Place(TaskRecord task)
    {
        Array.Clear(_refusals);
        var best = task.Slot.NodeId is { } only ? Better(null, state.Nodes.GetValueOrDefault(only), task) : Best(task);
        if (best is null)
        {
            lifecycle.KeepPending(task, $"no suitable node ({Explain()})");
            return false;
        }

        lifecycle.Assign(task, best);
        return true;
    }

    private NodeRecord? Best(TaskRecord task)
    {
        NodeRecord? best = null;
        foreach (var node in state.Nodes.Values)
        {
            best = Better(best, node, task);
        }

        return best;
    }

    private NodeRecord? Better(NodeRecord? best, NodeRecord? node, TaskRecord task)
    {
        if (node is null)
        {
            return best;
        }

        for (var filter = 0; filter < Filters.Length; filter++)
        {
            if (!Filters[filter].Fits(node, task.Service, task.Spec))
            {
                _refusals[filter]++;
                return best;
            }
        }

        return best is null || Rank(node, task).CompareTo(Rank(best, task)) < 0 ? node : best;
    }

    private static (int OfService, int Tasks) Rank(NodeRecord node, TaskRecord task) =>
        (node.TasksOfService(task.Service.Id), node.Tasks.Count);

    private string Explain() => _refusals.All(count => count == 0)
        ? "no nodes available"
        : string.Join("; ", Enumerable.Range(0, Filters.Length)
            .Where(filter => _refusals[filter] > 0)
            .OrderByDescending(filter => _refusals[filter])
            .Select(filter => Filters[filter].Explain(_refusals[filter])));

    private static string Nodes(int count) => count == 1 ? "1 node" : string.Create(CultureInfo.InvariantCulture, $"{count} nodes");

    private static bool HasRoom(NodeRecord node, ServiceSpec spec) =>
        node.ReservedNanoCpus + spec.ReservedNanoCpus <= node.Machine.Cpus * 1_000_000_000L
        && node.ReservedMemoryBytes + spec.ReservedMemoryBytes <= node.Machine.MemoryBytes;

    private static bool MeetsConstraints(NodeRecord node, ServiceSpec spec)
    {
        foreach (var constraint in spec.Constraints)
        {
            if (!constraint.IsMetBy(node))
            {
                return false;
            }
        }

        return true;
    }

    private static bool RunsPlatform(NodeRecord node, ServiceSpec spec)
    {
        if (spec.Platforms.Count == 0)
        {
            return true;
        }

        var own = Normalize(node.Machine.Architecture);
        return spec.Platforms.Any(platform =>
            (platform.System is "" or "linux") && (platform.Architecture is "" || Normalize(platform.Architecture) == own));
    }

    private static bool HasFreePorts(NodeRecord node, ServiceRecord service, ServiceSpec spec) =>
        !spec.Ports.Any(port => port is { PublishMode: "host", PublishedPort: > 0 }
            && node.Tasks.Any(other => other.IsWanted && other.Service != service
                && other.Spec.Ports.Any(taken => taken.PublishMode == "host" && taken.PublishedPort == port.PublishedPort && taken.Protocol == port.Protocol)));

    /// <summary>The engine knows these two names only: <c>armv7l</c> never equals <c>arm</c>.</summary>
    private static string Normalize(string architecture) => architecture switch
    {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        _ => architecture,
    };
}
