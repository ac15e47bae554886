using System.Diagnostics;

namespace ElectricBrain.Benchmarks.Telemetry.Fleet;

/// <summary>An Elasticsearch of the lab (<c>eng/lab/elasticsearch</c>), which may be killed.</summary>
internal sealed class LabServer(string script) : IAsyncDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"fleet-{Guid.NewGuid():N}");

    /// <summary>Starts it, on the data that it had before, and returns its address, which stays the same.</summary>
    public async Task<Uri> UpAsync() => new(await RunAsync("up"));

    /// <summary>kill -9.</summary>
    public Task KillAsync() => RunAsync("kill");

    public async ValueTask DisposeAsync()
    {
        await RunAsync("down");
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<string> RunAsync(string command)
    {
        using var process = Process.Start(new ProcessStartInfo(script, [command, _directory]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{script} did not start.");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{script} {command} ended with {process.ExitCode}.");
    }
}
