using ElectricBrain.Swarm.Model;

namespace ElectricBrain.Samples.DeployTool.Output;

internal sealed record TaskDocument(
    string Id, string Service, int? Slot, string? Node, string State, string DesiredState, DateTimeOffset Since, string Image, string? Error, int? ExitCode)
{
    /// <summary>The newest run of each place of each service, or all runs.</summary>
    public static IReadOnlyList<TaskDocument> Of(ClusterSnapshot cluster, IReadOnlyList<SwarmService> services, bool all)
    {
        Dictionary<string, string> hosts = cluster.Nodes.ToDictionary(node => node.Id, node => node.Hostname);
        ILookup<string, SwarmTask> tasks = cluster.Tasks.ToLookup(task => task.ServiceId);
        return [.. services.SelectMany(service => tasks[service.Id]
            .GroupBy(task => task.Slot > 0 ? (object)task.Slot : task.NodeId ?? task.Id)
            .SelectMany(place => all ? place : place.Take(1).Where(task => task.DesiredState <= TaskState.Running || task.Error is not null || IsJob(service)))
            .Select(task => new TaskDocument(
                task.Id,
                service.Name,
                task.Slot > 0 ? task.Slot : null,
                task.NodeId is null ? null : hosts.GetValueOrDefault(task.NodeId, task.NodeId),
                Documents.Text(task.State),
                Documents.Text(task.DesiredState),
                task.StateSince,
                task.Image,
                task.Error,
                task.ExitCode)))];
    }

    private static bool IsJob(SwarmService service) => service.Mode is ServiceMode.ReplicatedJob or ServiceMode.GlobalJob;
}
