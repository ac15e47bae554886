using ElectricBrain.Swarm.Simulation.Orchestration;

namespace ElectricBrain.Swarm.Simulation.State;

/// <summary>A service as the managers keep it.</summary>
internal sealed class ServiceRecord(string id, ServiceSpec spec)
{
    public string Id => id;

    public string Name => Spec.Name;

    public ulong Version { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public ServiceSpec Spec { get; private set; } = spec;

    public ServiceSpec? PreviousSpec { get; private set; }

    /// <summary>Grows with each change of the task template.</summary>
    public int Generation { get; private set; }

    public bool IsRemoved { get; set; }

    /// <summary>The running update; null when none runs.</summary>
    public RollingUpdate? Update { get; set; }

    public UpdateStatus? UpdateStatus { get; set; }

    /// <summary>Slots by number or node identifier.</summary>
    public SortedDictionary<string, TaskSlot> Slots { get; } = new(SlotOrder.Instance);

    /// <summary>The published ports with those that the cluster assigned.</summary>
    public IReadOnlyList<ServicePort> Ports { get; set; } = [];

    /// <summary>The service's address on each of its networks.</summary>
    public IReadOnlyList<(string NetworkId, string Address)> VirtualIps { get; set; } = [];

    /// <summary>Takes a new spec; true when the tasks have to be replaced.</summary>
    public bool Change(ServiceSpec next)
    {
        var replaces = !next.RunsSameTask(Spec);
        PreviousSpec = Spec;
        Spec = next;
        if (replaces)
        {
            Generation++;
            foreach (var slot in Slots.Values)
            {
                slot.IsFinished = false;
                slot.Restarts = 0;
            }
        }

        return replaces;
    }

    /// <summary>Numbers in numeric order, node identifiers in ordinal order.</summary>
    private sealed class SlotOrder : IComparer<string>
    {
        public static readonly SlotOrder Instance = new();

        public int Compare(string? x, string? y)
        {
            var byLength = (x?.Length ?? 0).CompareTo(y?.Length ?? 0);
            return byLength != 0 ? byLength : string.CompareOrdinal(x, y);
        }
    }
}
