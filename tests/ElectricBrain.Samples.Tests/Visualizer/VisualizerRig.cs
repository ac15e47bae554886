using ElectricBrain.Samples.Visualizer;
using ElectricBrain.Samples.Visualizer.Engine;
using ElectricBrain.Samples.Visualizer.Feed;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace ElectricBrain.Samples.Tests.Visualizer;

/// <summary>The whole visualizer on a free port, over a simulated cluster that the test operates.</summary>
internal sealed class VisualizerRig : IAsyncDisposable
{
    private readonly VisualizerApp _app;

    private VisualizerRig(VisualizerApp app, SimulatedCluster cluster)
    {
        _app = app;
        Cluster = cluster;
        Address = new Uri(app.Addresses.Single());
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        Engine = new HttpClient(new SimulatedEngine(cluster)) { BaseAddress = new Uri("http://engine/v1.41/") };
    }

    public SimulatedCluster Cluster { get; }

    public Uri Address { get; }

    /// <summary>Reads the page.</summary>
    public HttpClient Http { get; }

    /// <summary>Operates the cluster, past the page's read-only connection.</summary>
    public HttpClient Engine { get; }

    public static async Task<VisualizerRig> StartAsync(SimulatedCluster? cluster = null, string? token = null, bool waits = true)
    {
        cluster ??= SimulatedCluster.CreateHome(TimeProvider.System);
        var app = VisualizerApp.Build(new VisualizerOptions(true, 1, null, [new Uri("http://127.0.0.1:0")], token), EngineSource.Simulated(cluster));
        await app.StartAsync(TestContext.Current.CancellationToken);
        var rig = new VisualizerRig(app, cluster);
        if (waits)
        {
            await rig.WaitForAsync(state => state.View is not null);
        }

        return rig;
    }

    public static SimulatedCluster ThreeNodes()
    {
        var cluster = new SimulatedCluster(TimeProvider.System);
        cluster.AddNode(new SimulatedNode { Hostname = "host8", Role = NodeRole.Manager });
        cluster.AddNode(new SimulatedNode { Hostname = "host5", Labels = new Dictionary<string, string> { ["hat"] = "enviro", ["wifi_password"] = "hunter2-label" } });
        cluster.AddNode(new SimulatedNode { Hostname = "hostzero", Architecture = "armv6l", Cpus = 1, MemoryBytes = 512L << 20 });
        return cluster;
    }

    public Task<string> PageAsync(string path = "/") => Http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public async Task WaitForAsync(Func<FeedState, bool> condition)
    {
        var feed = _app.Services.GetRequiredService<ClusterFeed>();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Check()
        {
            if (condition(feed.State))
            {
                reached.TrySetResult();
            }
        }

        feed.Changed += Check;
        Check();
        await reached.Task.WaitAsync(TestContext.Current.CancellationToken);
        feed.Changed -= Check;
    }

    public async Task DeployAsync(string spec)
    {
        using var content = new StringContent(spec);
        using var reply = await Engine.PostAsync(new Uri("services/create", UriKind.Relative), content, TestContext.Current.CancellationToken);
        reply.EnsureSuccessStatusCode();
    }

    public async Task DrainAsync(string hostname)
    {
        var nodes = System.Text.Json.Nodes.JsonNode.Parse(await Engine.GetStringAsync(new Uri("nodes", UriKind.Relative), TestContext.Current.CancellationToken))!.AsArray();
        var node = nodes.Single(item => (string?)item!["Description"]!["Hostname"] == hostname)!;
        node["Spec"]!["Availability"] = "drain";
        using var content = new StringContent(node["Spec"]!.ToJsonString());
        using var reply = await Engine.PostAsync(new Uri($"nodes/{node["ID"]}/update?version={node["Version"]!["Index"]}", UriKind.Relative), content, TestContext.Current.CancellationToken);
        reply.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Engine.Dispose();
        await _app.DisposeAsync();
    }
}
