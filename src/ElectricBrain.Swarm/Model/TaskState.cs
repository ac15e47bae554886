namespace ElectricBrain.Swarm.Model;

/// <summary>A task's place in its life, in the order in which the engine goes through it.</summary>
/// <remarks>A task never moves backwards. Source: the task model of SwarmKit (api/types.proto, TaskState).</remarks>
public enum TaskState
{
    /// <summary>Created by the orchestrator.</summary>
    New,

    /// <summary>Waiting for the scheduler.</summary>
    Pending,

    /// <summary>Given to a node.</summary>
    Assigned,

    /// <summary>Taken by the node.</summary>
    Accepted,

    /// <summary>The image and the networks are being prepared.</summary>
    Preparing,

    /// <summary>Ready to start.</summary>
    Ready,

    /// <summary>The container is starting.</summary>
    Starting,

    /// <summary>The container runs.</summary>
    Running,

    /// <summary>The container ended with exit code 0.</summary>
    Complete,

    /// <summary>The engine stopped the container.</summary>
    Shutdown,

    /// <summary>The container ended with an error.</summary>
    Failed,

    /// <summary>The node refused the task.</summary>
    Rejected,

    /// <summary>The service was scaled down or removed.</summary>
    Remove,

    /// <summary>The node was lost for so long that the task's end is unknown.</summary>
    Orphaned,
}
