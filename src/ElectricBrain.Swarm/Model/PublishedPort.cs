namespace ElectricBrain.Swarm.Model;

/// <summary>A port of the tasks that the cluster or the nodes publish.</summary>
/// <param name="TargetPort">The port inside the container.</param>
/// <param name="Port">The port outside; 0 while none is assigned.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
/// <param name="Mode"><c>ingress</c> (every node, through the routing mesh) or <c>host</c> (the task's node only).</param>
public sealed record PublishedPort(int TargetPort, int Port, string Protocol, string Mode);
