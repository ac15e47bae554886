namespace ElectricBrain.Swarm.Simulation.State;

/// <summary>The place of one task at a time: a number of a replicated service or a node of a global one.</summary>
internal sealed class TaskSlot(int number, string? nodeId)
{
    /// <summary>From 1 for replicated services, 0 for global ones.</summary>
    public int Number => number;

    /// <summary>The node of a global service's slot; null for replicated services.</summary>
    public string? NodeId => nodeId;

    /// <summary>The tasks of the slot, oldest first.</summary>
    public List<TaskRecord> Tasks { get; } = [];

    /// <summary>Whether the service should have the slot at present.</summary>
    public bool IsWanted { get; set; } = true;

    /// <summary>How often a task of the slot was replaced because it ended.</summary>
    public int Restarts { get; set; }

    /// <summary>Whether the restart policy wants no further task.</summary>
    public bool IsFinished { get; set; }

    /// <summary>The newest task that is still wanted.</summary>
    public TaskRecord? Current => Tasks.FindLast(task => task.IsWanted);
}
