using ElectricBrain.Swarm.Specs;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>What has to happen so that the cluster runs a stack as it is wanted.</summary>
public sealed record StackPlan
{
    internal StackPlan(StackSpec stack, ObservedStack observed)
    {
        Stack = stack;
        Observed = observed;
    }

    /// <summary>The stack's name.</summary>
    public string StackName => Stack.Name;

    /// <summary>Every object of the stack, in the order in which it is written.</summary>
    public IReadOnlyList<PlannedChange> Changes { get; init; } = [];

    /// <summary>What will not be as the stack says, and does not stand in the way.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why the plan cannot be carried out; nothing is written while there is one.</summary>
    public IReadOnlyList<string> Obstacles { get; init; } = [];

    /// <summary>Whether anything is written.</summary>
    public bool HasChanges => Changes.Any(change => change.Action != PlannedAction.Unchanged);

    internal StackSpec Stack { get; }

    internal ObservedStack Observed { get; }
}
