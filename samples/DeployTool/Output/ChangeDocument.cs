using ElectricBrain.Swarm.Deployment;

namespace ElectricBrain.Samples.DeployTool.Output;

internal sealed record ChangeDocument(string Kind, string Name, string Action, bool RestartsTasks, IReadOnlyList<FieldDocument> Fields)
{
    public static ChangeDocument Of(PlannedChange change) => new(
        Documents.Text(change.Kind),
        change.Name,
        Documents.Text(change.Action),
        change.RestartsTasks,
        [.. change.Fields.Select(item => new FieldDocument(item.Field, item.Before, item.After, item.RestartsTasks))]);
}

internal sealed record FieldDocument(string Field, string? Before, string? After, bool RestartsTasks);
