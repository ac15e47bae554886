namespace ElectricBrain.Swarm.Deployment;

/// <summary>How far a service is.</summary>
/// <param name="Service">The engine's name of the service.</param>
/// <param name="Running">Tasks of the current spec that run; completed ones of a job.</param>
/// <param name="Wanted">Tasks that are wanted.</param>
/// <param name="State">How far the service is.</param>
/// <param name="Problem">What stands in the way: the error of the newest failed task, or of the update; null when nothing does.</param>
public sealed record ServiceProgress(string Service, int Running, int Wanted, ServiceState State, string? Problem);
