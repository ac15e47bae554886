using ElectricBrain.Swarm.Model;

namespace ElectricBrain.Swarm.Connections;

/// <summary>What a <see cref="ClusterWatcher"/> knows at one moment.</summary>
/// <param name="Snapshot">The cluster as it was last read; <see cref="ClusterSnapshot.Empty"/> before the first reading.</param>
/// <param name="ReadAt">When the snapshot was read; the default value before the first reading.</param>
/// <param name="Fault">Why the snapshot cannot be renewed at present; null while the connection works.</param>
public sealed record ClusterObservation(ClusterSnapshot Snapshot, DateTimeOffset ReadAt, EngineException? Fault)
{
    /// <summary>Whether the connection works, so that the snapshot is current.</summary>
    public bool IsLive => Fault is null;
}
