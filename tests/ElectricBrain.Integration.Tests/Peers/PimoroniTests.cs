using ElectricBrain.Integration.Tests.EndToEnd;
using ElectricBrain.Integration.Tests.Lab;

namespace ElectricBrain.Integration.Tests.Peers;

/// <summary>Pimoroni's Python packages read the same recorded bytes as our drivers: each difference has its reason, and the guide lists them.</summary>
public sealed class PimoroniTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Values_OfTheSameBytes_DifferOnlyWhereTheGuideSaysWhy()
    {
        var peers = Path.Combine(LabPaths.Repository, "benchmarks", "peers", "pimoroni");
        var packages = Directory.CreateTempSubdirectory("electricbrain-peers-");
        try
        {
            var python = await InstallAsync(Path.Combine(peers, "packages"), packages.FullName);

            var (exitCode, output, errors) = await CommandLine.RunAsync(
                SampleBuild.PathOf("ElectricBrain.Benchmarks", "ElectricBrain.Benchmarks"),
                ["pimoroni", "--values", python, Path.Combine(peers, "theirs.py"), Path.Combine(packages.FullName, "pimoroni"), Path.Combine(packages.FullName, "rpi")],
                cancellationToken: Cancellation);

            Assert.True(exitCode == 0, output + errors);
            var guide = await File.ReadAllTextAsync(Path.Combine(LabPaths.Repository, "docs", "pimoroni.md"), Cancellation);
            Assert.Equal(Rows(output).Where(IsDifferentValue), Rows(guide));
        }
        finally
        {
            packages.Delete(recursive: true);
        }
    }

    private static async Task<string> InstallAsync(string script, string folder)
    {
        var (exitCode, output, errors) = await CommandLine.RunAsync("bash", [script, folder], cancellationToken: Cancellation);
        if (exitCode != 0)
        {
            Requirement.Missing($"the Python packages to compare with cannot be installed: {errors.Trim()}");
        }

        return output.Trim();
    }

    /// <summary>What it costs to get a value is a figure of the benchmarks, and changes with every driver.</summary>
    private static bool IsDifferentValue(string row) =>
        !row.EndsWith("|  |", StringComparison.Ordinal) && !row.Contains("| transfers |", StringComparison.Ordinal) && !row.Contains("| bytes |", StringComparison.Ordinal);

    /// <summary>The rows of tables with six columns, without their heads.</summary>
    private static string[] Rows(string text) =>
        [.. text.Split('\n').Where(line => line.Count(character => character == '|') == 7 && !line.StartsWith("| package", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal))];
}
