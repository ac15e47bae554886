using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ElectricBrain.Samples.Tests.Visualizer;

/// <summary>The program as a person starts it.</summary>
public sealed class ProgramTests
{
    [Fact]
    public async Task Main_PortInUse_EndsWithOneLineThatNamesItAndTheRemedy()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (exitCode, output, error) = await RunAsync("--simulate", "--port", $"{port}");
        Assert.Equal((3, ""), (exitCode, output));
        Assert.Equal($"visualizer: Cannot serve the page on http://127.0.0.1:{port}: the port is in use by another program. Choose another with --port or --urls.", error.Trim());
    }

    [Fact]
    public async Task Main_UnusableHost_EndsWithOneLineAndNoStackTrace()
    {
        var (exitCode, _, error) = await RunAsync("--host", "ftp://host8");
        Assert.Equal(2, exitCode);
        Assert.StartsWith("visualizer: Cannot use 'ftp://host8' from --host", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ElectricBrain.Samples.Visualizer.VisualizerOptions).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
