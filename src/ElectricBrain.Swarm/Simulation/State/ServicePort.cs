namespace ElectricBrain.Swarm.Simulation.State;

/// <summary>A port of a service's endpoint.</summary>
internal sealed record ServicePort(string? Name, string Protocol, int TargetPort, int PublishedPort, string PublishMode);
