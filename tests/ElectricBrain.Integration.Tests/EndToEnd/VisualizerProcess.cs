using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ElectricBrain.Integration.Tests.Lab;

namespace ElectricBrain.Integration.Tests.EndToEnd;

/// <summary>The visualizer, run as its users run it, on a free port.</summary>
internal sealed class VisualizerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private VisualizerProcess(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    public static async Task<VisualizerProcess> StartAsync(SwarmLabNode manager, CancellationToken cancellationToken)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [SampleBuild.PathOf("Visualizer", "Visualizer.dll"), "--port", $"{port}"])
        {
            Environment =
            {
                ["DOCKER_HOST"] = manager.DockerHost,
                // Marked as a part of the lab, it goes with the lab should this process be killed.
                ["ELECTRICBRAIN_LAB"] = Path.Combine(LabPaths.Lab, "visualizer"),
            },
        };
        var visualizer = new VisualizerProcess(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}"));
        await Eventually.TrueAsync("the visualizer answers", () => visualizer.AnswersAsync(cancellationToken), cancellationToken);
        return visualizer;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        Assert.False(_process.HasExited, "The visualizer ended");
        using var http = new HttpClient();
        try
        {
            using var answer = await http.GetAsync(Url, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
