using System.Globalization;
using ElectricBrain.Swarm.Model;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ElectricBrain.Samples.DeployTool.Output;

internal static class NodeTable
{
    public static IRenderable Of(ClusterSnapshot cluster, Terminal terminal)
    {
        Table table = Look.NewTable(terminal, "node", "role", "state", "availability", "address", "arch", "cpus", "memory", "tasks", "engine");
        foreach (string column in (string[])["cpus", "memory", "tasks"])
        {
            table.Columns[Array.IndexOf(["node", "role", "state", "availability", "address", "arch", "cpus", "memory", "tasks", "engine"], column)].RightAligned();
        }

        foreach (NodeDocument node in NodeDocument.Of(cluster))
        {
            table.AddRow(
                $"[bold]{Markup.Escape(node.Hostname)}[/]",
                node.Leader ? "leader" : node.Role,
                Look.State(node.State) + (node.StateMessage.Length > 0 ? Markup.Escape($" ({node.StateMessage})") : ""),
                Look.State(node.Availability),
                Markup.Escape(node.Address),
                Markup.Escape(node.Architecture),
                node.Cpus.ToString("0.##", CultureInfo.InvariantCulture),
                Look.Size(node.MemoryBytes),
                node.RunningTasks.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(node.EngineVersion));
        }

        return terminal.IsLive
            ? table.Caption(string.Create(
                CultureInfo.InvariantCulture,
                $"{cluster.Nodes.Count} node{(cluster.Nodes.Count == 1 ? "" : "s")}, {cluster.TotalCpus:0.##} cores, {Look.Size(cluster.TotalMemoryBytes)}"))
            : table;
    }
}
