using System.CommandLine;
using ElectricBrain.Samples.DeployTool.Output;
using ElectricBrain.Swarm.Compose;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Deployment;

namespace ElectricBrain.Samples.DeployTool.Commands;

/// <summary><c>ebrain plan -c FILE STACK</c></summary>
internal sealed class PlanCommand : Command
{
    public PlanCommand(GlobalOptions globals, Terminal terminal, TimeProvider timeProvider)
        : base("plan", "Show what 'up' would change, and write nothing.")
    {
        var file = new FileOption();
        var stack = new StackArgument();
        var options = new PlanOptions();
        Add(file);
        Add(options.Images);
        Add(options.Prune);
        Add(stack);
        SetAction(async (parsed, cancellationToken) =>
        {
            ComposeStack read = await ComposeFile.ReadAsync(parsed.GetRequiredValue(file), parsed.GetRequiredValue(stack), cancellationToken);
            await using EngineConnection connection = globals.Connect(parsed, timeProvider);
            StackPlan plan = await new StackDeployer(connection).PlanAsync(read.Stack, options.Read(parsed), cancellationToken);
            IReadOnlyList<string> warnings = [.. read.Warnings.Select(warning => warning.ToString()), .. plan.Warnings];
            foreach (string warning in warnings)
            {
                terminal.Warn(warning);
            }

            if (globals.WantsJson(parsed))
            {
                terminal.Json(PlanDocument.Of(plan, warnings), Documents.Readable.PlanDocument);
            }
            else
            {
                terminal.Show(PlanText.Of(plan));
            }

            foreach (string obstacle in plan.Obstacles)
            {
                terminal.Error(obstacle);
            }

            return plan.Obstacles.Count > 0 ? ExitCode.Failed : ExitCode.Success;
        });
    }
}
