using ElectricBrain.Integration.Tests.Lab;

namespace ElectricBrain.Integration.Tests.Dashboards;

public sealed class BuildTests
{
    [Fact]
    public async Task Build_AsCommitted_MakesTheCommittedDashboards()
    {
        var node = Requirement.File("Node is not installed (Debian: apt-get install -y nodejs)", "/usr/bin/node", "/usr/local/bin/node");

        var (exitCode, output, errors) = await CommandLine.RunAsync(node, [Path.Combine(LabPaths.Repository, "dashboards", "build.mjs"), "--check"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, output + errors);
    }
}
