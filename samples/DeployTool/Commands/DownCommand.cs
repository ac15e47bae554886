using System.CommandLine;
using ElectricBrain.Samples.DeployTool.Output;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Deployment;

namespace ElectricBrain.Samples.DeployTool.Commands;

/// <summary><c>ebrain down STACK</c></summary>
internal sealed class DownCommand : Command
{
    public DownCommand(GlobalOptions globals, Terminal terminal, TimeProvider timeProvider)
        : base("down", "Remove a stack. Its volumes stay.")
    {
        var stack = new StackArgument();
        Add(stack);
        SetAction(async (parsed, cancellationToken) =>
        {
            bool wantsJson = globals.WantsJson(parsed);
            await using EngineConnection connection = globals.Connect(parsed, timeProvider);
            string name = parsed.GetRequiredValue(stack);
            var log = new ChangeLog(terminal, wantsJson);
            try
            {
                IReadOnlyList<PlannedChange> removed = await new StackDeployer(connection).RemoveAsync(name, removed: log, cancellationToken: cancellationToken);
                if (wantsJson)
                {
                    terminal.Json([.. removed.Select(ChangeDocument.Of)], Documents.Readable.IReadOnlyListChangeDocument);
                }
                else if (removed.Count == 0)
                {
                    terminal.Note($"nothing to remove: there is no stack '{name}'.");
                }
            }
            catch (OperationCanceledException)
            {
                terminal.Error($"interrupted after {log.Count} removals. Run the command again to go on.");
                return ExitCode.Interrupted;
            }

            return ExitCode.Success;
        });
    }
}
