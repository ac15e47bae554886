namespace ElectricBrain.Swarm.Model;

/// <summary>The cluster at one moment: nodes, services and tasks that were read together.</summary>
/// <param name="Nodes">All nodes.</param>
/// <param name="Services">All services.</param>
/// <param name="Tasks">All tasks that the managers still remember, ended ones among them.</param>
public sealed record ClusterSnapshot(
    IReadOnlyList<SwarmNode> Nodes,
    IReadOnlyList<SwarmService> Services,
    IReadOnlyList<SwarmTask> Tasks)
{
    /// <summary>A cluster of which nothing is known.</summary>
    public static ClusterSnapshot Empty { get; } = new([], [], []);

    /// <summary>Processors of all nodes, in cores.</summary>
    public double TotalCpus => Nodes.Sum(node => node.Cpus);

    /// <summary>Memory of all nodes, in bytes.</summary>
    public long TotalMemoryBytes => Nodes.Sum(node => node.MemoryBytes);
}
