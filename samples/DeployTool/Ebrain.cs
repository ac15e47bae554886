using System.CommandLine;
using ElectricBrain.Samples.DeployTool.Commands;
using ElectricBrain.Samples.DeployTool.Output;
using ElectricBrain.Swarm.Compose;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Deployment;

namespace ElectricBrain.Samples.DeployTool;

/// <summary>The command <c>ebrain</c>: parses, runs, and turns every failure into one message and an exit code.</summary>
internal static class Ebrain
{
    private static readonly TimeSpan InterruptGrace = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter error, Func<string, string?> environment, TimeProvider timeProvider)
    {
        var terminal = new Terminal(output, error, environment);
        var globals = new GlobalOptions(environment);
        var root = new RootCommand("Deploys and watches stacks on a Docker Swarm of small machines.")
        {
            new NodesCommand(globals, terminal, timeProvider),
            new UpCommand(globals, terminal, timeProvider),
            new PlanCommand(globals, terminal, timeProvider),
            new PsCommand(globals, terminal, timeProvider),
            new DownCommand(globals, terminal, timeProvider),
        };
        foreach (Option option in globals.All)
        {
            root.Add(option);
        }

        ParseResult parsed = root.Parse(args);
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = InterruptGrace,
        };
        try
        {
            int code = await parsed.InvokeAsync(configuration);
            return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
        }
        catch (ComposeException e)
        {
            foreach (ComposeProblem problem in e.Problems)
            {
                terminal.Error(problem.ToString());
            }

            return ExitCode.Usage;
        }
        catch (DeploymentException e)
        {
            foreach (string line in e.Message.Split(Environment.NewLine))
            {
                terminal.Error(line);
            }

            return ExitCode.Failed;
        }
        catch (EngineException e)
        {
            terminal.Error(e.Message);
            return e.Failure is EngineFailure.Unreachable or EngineFailure.UnusableEndpoint or EngineFailure.NotDocker or EngineFailure.ApiTooOld
                or EngineFailure.NoSwarm or EngineFailure.NotManager
                ? ExitCode.Unreachable
                : ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            terminal.Error("interrupted");
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            terminal.Error(e.Message);
            return ExitCode.Failed;
        }
    }
}
