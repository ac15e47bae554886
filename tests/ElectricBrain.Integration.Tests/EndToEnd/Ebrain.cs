using ElectricBrain.Integration.Tests.Lab;

namespace ElectricBrain.Integration.Tests.EndToEnd;

/// <summary>The deployment tool, run as its users run it: a process that is told everything by its arguments and environment.</summary>
internal static class Ebrain
{
    private static readonly string Program = SampleBuild.PathOf("DeployTool", "ebrain.dll");

    /// <summary>Runs it, expects success and returns what it printed.</summary>
    public static async Task<string> RunAsync(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var (exitCode, output, errors) = await CommandLine.RunAsync("dotnet", [Program, .. arguments], environment, cancellationToken);
        Assert.True(exitCode == 0, $"ebrain {string.Join(' ', arguments)} ended with {exitCode}:\n{output}{errors}");
        return output;
    }
}
