namespace ElectricBrain.Swarm.Specs;

/// <summary>A folder or file of the node, which must exist on every node that may run the task.</summary>
public sealed record BindMount : MountSpec
{
    /// <summary>The absolute path on the node.</summary>
    public required string Source { get; init; }

    /// <summary>How mounts inside spread, such as <c>rslave</c>; the engine's <c>rprivate</c> when null.</summary>
    public string? Propagation { get; init; }
}
