using ElectricBrain.Swarm.Deployment;

namespace ElectricBrain.Samples.DeployTool.Output;

internal sealed record UpDocument(
    string Stack, bool? Converged, IReadOnlyList<ChangeDocument> Changes, IReadOnlyList<ServiceDocument> Services, IReadOnlyList<string> Warnings)
{
    public static UpDocument Of(StackPlan plan, IReadOnlyList<string> warnings, DeploymentProgress? last) => new(
        plan.StackName,
        last?.IsConverged,
        [.. plan.Changes.Select(ChangeDocument.Of)],
        [.. (last?.Services ?? []).Select(service =>
            new ServiceDocument(service.Service, service.Running, service.Wanted, Documents.Text(service.State), service.Problem))],
        warnings);
}

internal sealed record ServiceDocument(string Name, int Running, int Wanted, string State, string? Problem);
