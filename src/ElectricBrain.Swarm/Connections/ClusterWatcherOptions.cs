namespace ElectricBrain.Swarm.Connections;

/// <summary>How closely a <see cref="ClusterWatcher"/> follows the cluster.</summary>
public sealed record ClusterWatcherOptions
{
    /// <summary>How long events are collected before the cluster is read again.</summary>
    /// <value>100 ms unless set.</value>
    public TimeSpan CoalesceWindow { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often the cluster is read while a task is on its way to its wanted state; the engine emits no events of tasks.</summary>
    /// <value>1 s unless set.</value>
    public TimeSpan MovingPollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the cluster is read while nothing moves.</summary>
    /// <value>5 s unless set.</value>
    public TimeSpan IdlePollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The wait after the first failed reading; each further failure doubles it.</summary>
    /// <value>500 ms unless set.</value>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait between two attempts to reach the engine.</summary>
    /// <value>15 s unless set.</value>
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromSeconds(15);
}
