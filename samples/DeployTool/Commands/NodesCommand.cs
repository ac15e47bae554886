using System.CommandLine;
using ElectricBrain.Samples.DeployTool.Output;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Model;

namespace ElectricBrain.Samples.DeployTool.Commands;

/// <summary><c>ebrain nodes</c></summary>
internal sealed class NodesCommand : Command
{
    public NodesCommand(GlobalOptions globals, Terminal terminal, TimeProvider timeProvider)
        : base("nodes", "List the machines of the swarm.") => SetAction(async (parsed, cancellationToken) =>
    {
        await using EngineConnection connection = globals.Connect(parsed, timeProvider);
        ClusterSnapshot cluster = await connection.ReadClusterAsync(cancellationToken);
        if (globals.WantsJson(parsed))
        {
            terminal.Json(NodeDocument.Of(cluster), Documents.Readable.IReadOnlyListNodeDocument);
        }
        else
        {
            terminal.Show(NodeTable.Of(cluster, terminal));
        }

        return ExitCode.Success;
    });
}
