namespace ElectricBrain.Swarm.Model;

/// <summary>What the managers last heard of a node.</summary>
public enum NodeState
{
    /// <summary>Nothing was heard since the manager started.</summary>
    Unknown,

    /// <summary>The node missed its heartbeats.</summary>
    Down,

    /// <summary>The node is well.</summary>
    Ready,

    /// <summary>The node is leaving or its session has ended.</summary>
    Disconnected,
}
