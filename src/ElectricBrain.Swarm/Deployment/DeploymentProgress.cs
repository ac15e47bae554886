namespace ElectricBrain.Swarm.Deployment;

/// <summary>How far a stack is.</summary>
/// <param name="Services">Its services, by name.</param>
/// <param name="Elapsed">The time since waiting began.</param>
public sealed record DeploymentProgress(IReadOnlyList<ServiceProgress> Services, TimeSpan Elapsed)
{
    /// <summary>Whether every service has converged; false while the stack has none.</summary>
    public bool IsConverged => Services.Count > 0 && Services.All(service => service.State == ServiceState.Converged);

    /// <summary>Whether a service has failed for good.</summary>
    public bool HasFailed => Services.Any(service => service.State == ServiceState.Failed);
}
