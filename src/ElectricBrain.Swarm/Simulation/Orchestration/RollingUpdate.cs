using ElectricBrain.Swarm.Simulation.State;

namespace ElectricBrain.Swarm.Simulation.Orchestration;

/// <summary>An update on its way through a service's slots.</summary>
internal sealed class RollingUpdate
{
    public required bool IsRollback { get; init; }

    /// <summary>Slots whose new task does not run yet.</summary>
    public HashSet<TaskSlot> InFlight { get; } = [];

    /// <summary>When the next slot may be taken.</summary>
    public DateTimeOffset NextAt { get; set; }

    /// <summary>When the last new task will have been watched for long enough; null until all slots are replaced.</summary>
    public DateTimeOffset? WatchedUntil { get; set; }
}
