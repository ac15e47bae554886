namespace ElectricBrain.Swarm.Specs;

/// <summary>A limit that the kernel sets the processes of a container; see getrlimit(2).</summary>
/// <param name="Name">Such as <c>nofile</c>.</param>
/// <param name="Soft">The limit in force; -1 for none.</param>
/// <param name="Hard">The most that a process may raise it to; -1 for none.</param>
public sealed record UlimitSpec(string Name, long Soft, long Hard);
