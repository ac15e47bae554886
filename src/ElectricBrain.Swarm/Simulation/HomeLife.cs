using System.Text;
using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Simulation.Api;
using ElectricBrain.Swarm.Simulation.State;

namespace ElectricBrain.Swarm.Simulation;

/// <summary>What happens in a home's cluster: tasks crash, a node is drained and returns, a machine loses power, a service is updated.</summary>
internal sealed class HomeLife(SimulatedCluster cluster, int seed)
{
    /// <summary>Exit codes that people meet: an error, no memory left, an image of another architecture, a lost database.</summary>
    private static readonly int[] ExitCodes = [1, 137, 139, 2];

    // The same seed gives the same history.
#pragma warning disable CA5394
    private readonly Random _random = new(seed);

    private ClusterState State => cluster.State;

    public void Begin(TimeSpan after)
    {
        Repeat(after, 40, 110, CrashTask);
        Repeat(after, 100, 200, DrainNode);
        Repeat(after, 240, 480, CutPower);
        Repeat(after, 60, 150, UpdateService);
    }

    private void Repeat(TimeSpan after, int leastSeconds, int mostSeconds, Action happening) =>
        State.Timeline.After(after + TimeSpan.FromSeconds(_random.Next(leastSeconds, mostSeconds)), () =>
        {
            happening();
            Repeat(TimeSpan.Zero, leastSeconds, mostSeconds, happening);
        });

    private void CrashTask()
    {
        if (Pick(State.Tasks.Values.Where(task => task is { State: TaskState.Running, IsWanted: true, Node.IsUp: true })) is { } task)
        {
            cluster.Exit(task, ExitCodes[_random.Next(ExitCodes.Length)]);
        }
    }

    private void DrainNode()
    {
        if (Pick(State.Nodes.Values.Where(IsIdle)) is { } node)
        {
            cluster.SetAvailability(node, NodeAvailability.Drain);
            State.Timeline.After(TimeSpan.FromSeconds(_random.Next(25, 60)), () => cluster.SetAvailability(node, NodeAvailability.Active));
        }
    }

    private void CutPower()
    {
        if (Pick(State.Nodes.Values.Where(node => IsIdle(node) && node.Role == NodeRole.Worker)) is { } node)
        {
            cluster.SetUp(node, isUp: false);
            State.Timeline.After(TimeSpan.FromSeconds(_random.Next(30, 75)), () => cluster.SetUp(node, isUp: true));
        }
    }

    private void UpdateService()
    {
        if (Pick(State.Services.Values.Where(service => service.Update is null && IsWell(service))) is not { } service)
        {
            return;
        }

        var spec = JsonNode.Parse(service.Spec.Json.ToJsonString())!;
        spec["TaskTemplate"]!["ForceUpdate"] = spec["TaskTemplate"]!["ForceUpdate"]!.GetValue<long>() + 1;
        cluster.Request(EngineCall.Post($"/services/{service.Id}/update?version={service.Version}", Encoding.UTF8.GetBytes(spec.ToJsonString())));
    }

    private static bool IsWell(ServiceRecord service) => service.Slots.Values.All(slot => slot.Current is null or { State: TaskState.Running });

    /// <summary>One trouble at a time, and the leader is left alone.</summary>
    private bool IsIdle(NodeRecord node) => !node.IsLeader
        && State.Nodes.Values.All(other => other is { IsUp: true, Availability: NodeAvailability.Active });

    private T? Pick<T>(IEnumerable<T> candidates)
        where T : class
    {
        var all = candidates.ToList();
        return all.Count == 0 ? null : all[_random.Next(all.Count)];
    }
#pragma warning restore CA5394
}
