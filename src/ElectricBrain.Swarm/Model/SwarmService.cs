namespace ElectricBrain.Swarm.Model;

/// <summary>A service, as the managers observe it. Environment values and secrets are left out by construction.</summary>
public sealed record SwarmService
{
    /// <summary>The engine's identifier of the service.</summary>
    public required string Id { get; init; }

    /// <summary>The service's name, with its stack's prefix.</summary>
    public required string Name { get; init; }

    /// <summary>The stack that the service belongs to, from the label <c>com.docker.stack.namespace</c>; null outside a stack.</summary>
    public string? StackName { get; init; }

    /// <summary>The image reference with its digest where it was resolved.</summary>
    public string Image { get; init; } = "";

    /// <summary>How many tasks are kept.</summary>
    public ServiceMode Mode { get; init; }

    /// <summary>The wanted number of tasks; null for the global modes, whose number follows the nodes.</summary>
    public int? Replicas { get; init; }

    /// <summary>Published ports, in the engine's order.</summary>
    public IReadOnlyList<PublishedPort> Ports { get; init; } = [];

    /// <summary>The version counter of the service's record, which an update must name.</summary>
    public ulong Version { get; init; }

    /// <summary>The state of the last update, such as <c>updating</c>, <c>paused</c> or <c>completed</c>; null when there was none.</summary>
    public string? UpdateState { get; init; }

    /// <summary>The engine's word on the last update; null when there was none.</summary>
    public string? UpdateMessage { get; init; }
}
