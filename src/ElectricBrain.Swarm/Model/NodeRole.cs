namespace ElectricBrain.Swarm.Model;

/// <summary>A node's part in the managers' consensus.</summary>
public enum NodeRole
{
    /// <summary>Runs tasks only.</summary>
    Worker,

    /// <summary>Keeps the cluster's state, and runs tasks unless drained.</summary>
    Manager,
}
