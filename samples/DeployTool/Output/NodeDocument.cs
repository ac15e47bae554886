using ElectricBrain.Swarm.Model;

namespace ElectricBrain.Samples.DeployTool.Output;

internal sealed record NodeDocument(
    string Id,
    string Hostname,
    string Role,
    bool Leader,
    string State,
    string StateMessage,
    string Availability,
    string Address,
    string Architecture,
    string OperatingSystem,
    string EngineVersion,
    double Cpus,
    long MemoryBytes,
    int RunningTasks,
    IReadOnlyDictionary<string, string> Labels)
{
    public static IReadOnlyList<NodeDocument> Of(ClusterSnapshot cluster)
    {
        ILookup<string?, SwarmTask> running = cluster.Tasks.Where(task => task.State == TaskState.Running).ToLookup(task => task.NodeId);
        return [.. cluster.Nodes.Select(node => new NodeDocument(
            node.Id,
            node.Hostname,
            Documents.Text(node.Role),
            node.IsLeader,
            Documents.Text(node.State),
            node.StateMessage,
            Documents.Text(node.Availability),
            node.Address,
            node.Architecture,
            node.OperatingSystem,
            node.EngineVersion,
            node.Cpus,
            node.MemoryBytes,
            running[node.Id].Count(),
            node.Labels))];
    }
}
