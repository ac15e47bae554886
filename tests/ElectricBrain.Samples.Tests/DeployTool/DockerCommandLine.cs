using System.Diagnostics;

namespace ElectricBrain.Samples.Tests.DeployTool;

/// <summary>The docker command line, which tells how things are done that both tools do.</summary>
internal static class DockerCommandLine
{
    private static readonly string[] Paths = ["/usr/local/bin/docker", "/usr/bin/docker"];

    /// <summary>Its path; skips the test where it is not installed, except under CI.</summary>
    public static async Task<string> FindAsync()
    {
        string docker = Array.Find(Paths, File.Exists) ?? "";
        if (docker.Length == 0 || !(await RunAsync(docker, [], "--version")).Contains("version 28.", StringComparison.Ordinal))
        {
            const string Missing = "the docker command line 28, the oracle, is not installed";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Missing);
            Assert.Fail(Missing);
        }

        return docker;
    }

    /// <summary>Runs it and returns what it printed; it has to succeed.</summary>
    public static async Task<string> RunAsync(string docker, IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(docker, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}
