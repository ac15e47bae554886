using ElectricBrain.Swarm.Deployment;

namespace ElectricBrain.Samples.DeployTool.Output;

internal sealed record PlanDocument(
    string Stack, bool HasChanges, IReadOnlyList<ChangeDocument> Changes, IReadOnlyList<string> Warnings, IReadOnlyList<string> Obstacles)
{
    public static PlanDocument Of(StackPlan plan, IReadOnlyList<string> warnings) =>
        new(plan.StackName, plan.HasChanges, [.. plan.Changes.Select(ChangeDocument.Of)], warnings, plan.Obstacles);
}
