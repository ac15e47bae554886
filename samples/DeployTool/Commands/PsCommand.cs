using System.CommandLine;
using ElectricBrain.Samples.DeployTool.Output;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Model;

namespace ElectricBrain.Samples.DeployTool.Commands;

/// <summary><c>ebrain ps STACK</c></summary>
internal sealed class PsCommand : Command
{
    public PsCommand(GlobalOptions globals, Terminal terminal, TimeProvider timeProvider)
        : base("ps", "List the tasks of a stack.")
    {
        var stack = new StackArgument();
        var all = new Option<bool>("--all", "-a") { Description = "Earlier runs of each task, too." };
        Add(stack);
        Add(all);
        SetAction(async (parsed, cancellationToken) =>
        {
            await using EngineConnection connection = globals.Connect(parsed, timeProvider);
            ClusterSnapshot cluster = await connection.ReadClusterAsync(cancellationToken);
            string name = parsed.GetRequiredValue(stack);
            SwarmService[] services = [.. cluster.Services.Where(service => service.StackName == name)];
            if (services.Length == 0)
            {
                terminal.Error($"there is no stack '{name}' on this swarm. 'ebrain up -c FILE {name}' deploys one.");
                return ExitCode.Failed;
            }

            IReadOnlyList<TaskDocument> tasks = TaskDocument.Of(cluster, services, parsed.GetValue(all));
            if (globals.WantsJson(parsed))
            {
                terminal.Json(tasks, Documents.Readable.IReadOnlyListTaskDocument);
            }
            else
            {
                terminal.Show(TaskTable.Of(tasks, timeProvider.GetUtcNow(), terminal));
            }

            return ExitCode.Success;
        });
    }
}
