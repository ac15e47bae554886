namespace ElectricBrain.Swarm.Simulation.State;

/// <summary>What the engine says of a service's last update.</summary>
internal sealed record UpdateStatus(string State, DateTimeOffset StartedAt, DateTimeOffset? CompletedAt, string Message);
