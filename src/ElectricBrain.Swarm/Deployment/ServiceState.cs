namespace ElectricBrain.Swarm.Deployment;

/// <summary>How far a service is on the way to its spec.</summary>
public enum ServiceState
{
    /// <summary>Some tasks of the current spec do not run yet.</summary>
    Waiting,

    /// <summary>All tasks run; whether they stay is being watched.</summary>
    Settling,

    /// <summary>All tasks run, and have stayed so.</summary>
    Converged,

    /// <summary>The engine has given up: the update was paused or rolled back, or a task that is not restarted failed.</summary>
    Failed,
}
