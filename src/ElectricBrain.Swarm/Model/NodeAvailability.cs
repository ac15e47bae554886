namespace ElectricBrain.Swarm.Model;

/// <summary>What the operator allows the scheduler to do with a node.</summary>
public enum NodeAvailability
{
    /// <summary>The node gets new tasks.</summary>
    Active,

    /// <summary>The node keeps its tasks and gets no new ones.</summary>
    Pause,

    /// <summary>The node's tasks are moved elsewhere.</summary>
    Drain,
}
