using System.Runtime.InteropServices;
using ElectricBrain.Integration.Tests.Lab;

namespace ElectricBrain.Integration.Tests;

/// <summary>The three packages work compiled ahead of time, and the README's examples do what it says.</summary>
public sealed class AotSmokeTests(LabFixture lab)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadmeExamples_CompiledAheadOfTime_RunAgainstARealSwarm()
    {
        var nodes = await lab.Swarm.UpAsync(Cancellation);
        var image = await lab.Swarm.PushImageAsync(BusyboxImage.Create(), "smoke/website:1", Cancellation);
        var directory = Directory.CreateTempSubdirectory("electricbrain-smoke-");
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(directory.FullName, "stack.yml"),
                $$"""
                services:
                  web:
                    image: {{image}}
                    command: httpd -f -p 8080
                    deploy: { replicas: 2, endpoint_mode: dnsrr }
                """,
                Cancellation);
            var environment = new Dictionary<string, string> { ["DOCKER_HOST"] = nodes[0].DockerHost };

            var (exitCode, output, errors) = await CommandLine.RunAsync(await PublishAsync(), [directory.FullName], environment, Cancellation);

            Assert.True(exitCode == 0, errors);
            Assert.Contains("simulated: True", output, StringComparison.Ordinal);
            Assert.Contains("sqlite: Running", output, StringComparison.Ordinal);
            Assert.Contains("create service website_web", output, StringComparison.Ordinal);
            Assert.Contains("All tasks run.", output, StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<string> PublishAsync()
    {
        var target = Path.Combine(LabPaths.Repository, "artifacts", "smoke");
        var (exitCode, output, errors) = await CommandLine.RunAsync(
            "dotnet",
            ["publish", "tests/ElectricBrain.AotSmoke", "--runtime", RuntimeInformation.RuntimeIdentifier, "--output", target],
            // Nothing of the build outlives it and keeps its output open.
            new Dictionary<string, string> { ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false" },
            Cancellation);
        Assert.True(exitCode == 0, output + errors);
        return Path.Combine(target, "ElectricBrain.AotSmoke");
    }
}
