namespace ElectricBrain.Swarm.Deployment;

/// <summary>What a plan does with an object.</summary>
public enum PlannedAction
{
    /// <summary>The object is as it is wanted; nothing is written.</summary>
    Unchanged,

    /// <summary>The object does not exist and is created.</summary>
    Create,

    /// <summary>The object exists and some of its fields change.</summary>
    Update,

    /// <summary>The object is no longer wanted and is removed.</summary>
    Remove,
}
