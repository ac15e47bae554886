namespace ElectricBrain.Swarm.Specs;

/// <summary>What somebody wants the cluster to run under one name. All names are the engine's, with the stack's prefix where there is one.</summary>
public sealed record StackSpec
{
    /// <summary>The stack's name, which labels all its objects.</summary>
    public required string Name { get; init; }

    /// <summary>The services.</summary>
    public IReadOnlyList<ServiceSpec> Services { get; init; } = [];

    /// <summary>The networks that the services attach to, external ones among them.</summary>
    public IReadOnlyList<NetworkSpec> Networks { get; init; } = [];

    /// <summary>The configs that the services mount, external ones among them.</summary>
    public IReadOnlyList<ConfigSpec> Configs { get; init; } = [];

    /// <summary>The secrets that the services mount, external ones among them.</summary>
    public IReadOnlyList<SecretSpec> Secrets { get; init; } = [];
}
