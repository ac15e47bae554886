using ElectricBrain.Swarm.Compose;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Deployment;

namespace ElectricBrain.AotSmoke.Examples;

internal static class SwarmExample
{
    public static async Task RunAsync()
    {
        // <example>
        await using var manager = EngineConnection.Open(EngineEndpoint.Resolve()); // DOCKER_HOST, the docker context, or else the local socket
        var file = await ComposeFile.ReadAsync("stack.yml", "website"); // throws all problems at once, with file, line and key
        var deployer = new StackDeployer(manager);

        var plan = await deployer.PlanAsync(file.Stack);
        foreach (var change in plan.Changes)
        {
            Console.WriteLine($"{change}, restarts tasks: {change.RestartsTasks}");
        }

        await deployer.ApplyAsync(plan); // writes nothing for what is unchanged
        var result = await deployer.WaitForConvergenceAsync("website");
        Console.WriteLine(result.IsConverged ? "All tasks run." : string.Join('\n', result.Services));
        // </example>
    }
}
