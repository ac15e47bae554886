using ElectricBrain.Integration.Tests.Lab;

namespace ElectricBrain.Integration.Tests.Dashboards;

/// <summary>What Node tells of the committed dashboards.</summary>
public sealed class BuildTests
{
    private static readonly string Folder = Path.Combine(LabPaths.Repository, "dashboards");

    [Fact]
    public Task Build_AsCommitted_MakesTheCommittedDashboards() => RunAsync("build.mjs", "--check");

    [Fact]
    public Task Types_OfGrafana_KnowEveryPropertyOfTheDashboards()
    {
        Requirement.File("Grafana's types are not installed: npm ci --prefix dashboards", Path.Combine(Folder, "node_modules", "@grafana", "schema", "package.json"));
        return RunAsync("types.mjs");
    }

    private static async Task RunAsync(string script, params string[] options)
    {
        var node = Requirement.File("Node is not installed (Debian: apt-get install -y nodejs)", "/usr/bin/node", "/usr/local/bin/node");

        var (exitCode, output, errors) = await CommandLine.RunAsync(node, [Path.Combine(Folder, script), .. options], cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, output + errors);
    }
}
