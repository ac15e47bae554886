using System.CommandLine;
using System.CommandLine.Parsing;
using ElectricBrain.Samples.DeployTool.Output;
using ElectricBrain.Swarm.Compose;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Deployment;

namespace ElectricBrain.Samples.DeployTool.Commands;

/// <summary><c>ebrain up -c FILE STACK</c></summary>
internal sealed class UpCommand : Command
{
    private readonly FileOption _file = new();
    private readonly StackArgument _stack = new();
    private readonly PlanOptions _plan = new();
    private readonly Option<bool> _detach = new("--detach", "-d") { Description = "Do not wait for the tasks to run." };
    private readonly Option<int> _timeout = new("--timeout")
    {
        Description = "The longest wait for the tasks, in seconds.",
        HelpName = "seconds",
        DefaultValueFactory = _ => (int)new ConvergenceOptions().Timeout.TotalSeconds,
    };

    private readonly GlobalOptions _globals;
    private readonly Terminal _terminal;
    private readonly TimeProvider _timeProvider;

    public UpCommand(GlobalOptions globals, Terminal terminal, TimeProvider timeProvider)
        : base("up", "Deploy a stack, or bring it up to date, and wait until it runs.")
    {
        (_globals, _terminal, _timeProvider) = (globals, terminal, timeProvider);
        _timeout.Validators.Add(RejectNegative);
        Add(_file);
        Add(_detach);
        Add(_timeout);
        Add(_plan.Images);
        Add(_plan.Prune);
        Add(_stack);
        SetAction(RunAsync);
    }

    private static void RejectNegative(OptionResult result)
    {
        if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < 0)
        {
            result.AddError("--timeout must be 0 or more seconds.");
        }
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string name = parsed.GetRequiredValue(_stack);
        bool wantsJson = _globals.WantsJson(parsed);
        ComposeStack read = await ComposeFile.ReadAsync(parsed.GetRequiredValue(_file), name, cancellationToken);
        await using EngineConnection connection = _globals.Connect(parsed, _timeProvider);
        var deployer = new StackDeployer(connection);
        StackPlan plan = await deployer.PlanAsync(read.Stack, _plan.Read(parsed), cancellationToken);
        IReadOnlyList<string> warnings = [.. read.Warnings.Select(warning => warning.ToString()), .. plan.Warnings];
        foreach (string warning in warnings)
        {
            _terminal.Warn(warning);
        }

        var done = new ChangeLog(_terminal, wantsJson);
        try
        {
            await deployer.ApplyAsync(plan, done, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _terminal.Error($"interrupted after {done.Count} of {plan.Changes.Count(change => change.Action != PlannedAction.Unchanged)} changes. Run the command again to go on.");
            return ExitCode.Interrupted;
        }

        done.Summarise(plan);
        DeploymentProgress? last = null;
        if (!parsed.GetValue(_detach))
        {
            try
            {
                var options = new ConvergenceOptions { Timeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout)) };
                last = await ProgressView.ShowAsync(
                    _terminal, wantsJson, progress => deployer.WaitForConvergenceAsync(name, options, progress, cancellationToken));
            }
            catch (OperationCanceledException)
            {
                _terminal.Error($"interrupted: the stack is deployed, and goes on without us. 'ebrain ps {name}' shows how far it is.");
                return ExitCode.Interrupted;
            }
        }

        if (wantsJson)
        {
            _terminal.Json(UpDocument.Of(plan, warnings, last), Documents.Readable.UpDocument);
        }

        return Conclude(name, last);
    }

    private int Conclude(string name, DeploymentProgress? last)
    {
        if (last is null or { IsConverged: true })
        {
            return ExitCode.Success;
        }

        foreach (ServiceProgress service in last.Services.Where(service => service.State != ServiceState.Converged))
        {
            _terminal.Error($"{service.Service} runs {service.Running} of {service.Wanted} tasks{(service.Problem is null ? "" : $": {service.Problem}")}");
        }

        _terminal.Error($"the stack is deployed, and {(last.HasFailed ? "has failed" : "did not come up in time")}. 'ebrain ps {name} --all' shows its tasks.");
        return ExitCode.NotConverged;
    }
}
