namespace ElectricBrain.Swarm.Specs;

/// <summary>A service's place in a network.</summary>
/// <param name="Network">The engine's name of the network.</param>
/// <param name="Aliases">Names under which the service is found there.</param>
public sealed record NetworkAttachment(string Network, IReadOnlyList<string> Aliases);
