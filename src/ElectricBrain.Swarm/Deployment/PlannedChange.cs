namespace ElectricBrain.Swarm.Deployment;

/// <summary>What a plan does with one object.</summary>
/// <param name="Kind">The object's kind.</param>
/// <param name="Name">The engine's name of the object.</param>
/// <param name="Action">What is done.</param>
/// <param name="Fields">What changes; empty unless it is an update.</param>
public sealed record PlannedChange(ObjectKind Kind, string Name, PlannedAction Action, IReadOnlyList<FieldChange> Fields)
{
    /// <summary>Whether the service's running tasks are replaced.</summary>
    public bool RestartsTasks => Action == PlannedAction.Update && Fields.Any(change => change.RestartsTasks);

    /// <summary>Writes such as <c>update service web_site</c>.</summary>
    public override string ToString() => $"{Action.ToString().ToLowerInvariant()} {Kind.ToString().ToLowerInvariant()} {Name}";
}
