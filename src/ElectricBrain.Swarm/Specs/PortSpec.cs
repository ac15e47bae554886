namespace ElectricBrain.Swarm.Specs;

/// <summary>A port of the tasks that is reachable from outside.</summary>
/// <param name="Target">The port in the container.</param>
public sealed record PortSpec(int Target)
{
    /// <summary>The port outside; the engine chooses when null.</summary>
    public int? Published { get; init; }

    /// <summary><c>tcp</c>, <c>udp</c> or <c>sctp</c>; the engine's <c>tcp</c> when null.</summary>
    public string? Protocol { get; init; }

    /// <summary><c>ingress</c> or <c>host</c>; the engine's <c>ingress</c> when null.</summary>
    public string? Mode { get; init; }
}
