namespace ElectricBrain.Swarm.Specs;

/// <summary>Which nodes may run the tasks.</summary>
public sealed record PlacementSpec
{
    /// <summary>Conditions that all must hold, such as <c>node.labels.disk == ssd</c>.</summary>
    public IReadOnlyList<string> Constraints { get; init; } = [];

    /// <summary>Labels over whose values the tasks are spread, the first being the most important.</summary>
    public IReadOnlyList<string> SpreadOver { get; init; } = [];

    /// <summary>The most tasks on one node; unlimited when null.</summary>
    public long? MaxReplicasPerNode { get; init; }
}
