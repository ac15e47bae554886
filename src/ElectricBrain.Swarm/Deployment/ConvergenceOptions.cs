namespace ElectricBrain.Swarm.Deployment;

/// <summary>How long a deployment is watched.</summary>
public sealed record ConvergenceOptions
{
    /// <summary>The longest wait.</summary>
    /// <value>5 minutes unless set.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long all tasks of a service must run before it counts as converged.</summary>
    /// <value>5 s unless set, the time that the engine watches a new task by default.</value>
    public TimeSpan StabilityWindow { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The time between two looks.</summary>
    /// <value>500 ms unless set.</value>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);
}
