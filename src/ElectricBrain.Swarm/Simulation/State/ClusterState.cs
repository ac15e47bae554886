using ElectricBrain.Swarm.Simulation.Api;
using ElectricBrain.Swarm.Simulation.Orchestration;

namespace ElectricBrain.Swarm.Simulation.State;

/// <summary>Everything the managers know. Used under the cluster's lock only.</summary>
internal sealed class ClusterState(Timeline timeline, int seed)
{
    private ulong _index = 10;

    public Timeline Timeline => timeline;

    public DateTimeOffset Now => timeline.Now;

    // A simulation must repeat itself for the same seed, which a secure generator cannot.
#pragma warning disable CA5394
    public Random Random { get; } = new(seed);

    public Identifiers Ids { get; } = new(new Random(seed ^ 0x5eed));
#pragma warning restore CA5394

    public string ClusterId => field ??= Ids.NextObjectId();

    public DateTimeOffset CreatedAt { get; } = timeline.Now;

    public EventLog Events { get; } = new(timeline);

    public Dictionary<string, NodeRecord> Nodes { get; } = [];

    public Dictionary<string, ServiceRecord> Services { get; } = [];

    public Dictionary<string, TaskRecord> Tasks { get; } = [];

    public Dictionary<string, NetworkRecord> Networks { get; } = [];

    public Dictionary<string, PayloadRecord> Configs { get; } = [];

    public Dictionary<string, PayloadRecord> Secrets { get; } = [];

    /// <summary>What the orchestrator has to look at: one slot of a service, or all of it when the slot is null.</summary>
    public Queue<(ServiceRecord Service, TaskSlot? Slot)> Dirty { get; } = [];

    /// <summary>Tasks without a node, in the order in which they were made.</summary>
    public LinkedList<TaskRecord> Pending { get; } = [];

    /// <summary>Whether a node has become able to take a task that it could not take before.</summary>
    public bool HasNewCapacity { get; set; }

    /// <summary>The manager whose engine answers; null before the first manager was added.</summary>
    public NodeRecord? Leader { get; set; }

    public ulong NextIndex() => ++_index;

    public void Touch(NodeRecord node)
    {
        node.Version = NextIndex();
        node.UpdatedAt = Now;
    }

    public void Touch(ServiceRecord service)
    {
        service.Version = NextIndex();
        service.UpdatedAt = Now;
    }

    public void Touch(TaskRecord task)
    {
        task.Version = NextIndex();
        task.UpdatedAt = Now;
        task.Json = null;
    }

    public void MarkAllDirty()
    {
        HasNewCapacity = true;
        foreach (var service in Services.Values)
        {
            Dirty.Enqueue((service, null));
        }
    }
}
