namespace ElectricBrain.Swarm.Model;

/// <summary>How many tasks of a service the scheduler keeps.</summary>
public enum ServiceMode
{
    /// <summary>A wanted number of tasks.</summary>
    Replicated,

    /// <summary>One task on every eligible node.</summary>
    Global,

    /// <summary>A wanted number of tasks that run to their end.</summary>
    ReplicatedJob,

    /// <summary>One task on every eligible node that runs to its end.</summary>
    GlobalJob,
}
