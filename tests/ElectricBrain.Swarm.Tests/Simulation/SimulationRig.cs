using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Swarm.Tests.Simulation;

/// <summary>A simulated cluster, read through the real connection and written to over plain HTTP.</summary>
internal sealed class SimulationRig : IAsyncDisposable
{
    private readonly HttpClient _http;

    public SimulationRig(SimulatedCluster? cluster = null, FakeTimeProvider? clock = null)
    {
        Clock = clock ?? NewClock();
        Cluster = cluster ?? new SimulatedCluster(Clock);
        Connection = EngineConnection.Over(new SimulatedEngine(Cluster), Clock);
        _http = new HttpClient(new SimulatedEngine(Cluster)) { BaseAddress = new Uri("http://engine/v1.41/") };
    }

    public FakeTimeProvider Clock { get; }

    public SimulatedCluster Cluster { get; }

    public EngineConnection Connection { get; }

    public HttpClient Http => _http;

    public static FakeTimeProvider NewClock() => new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>A manager and two workers, of two architectures.</summary>
    public static SimulationRig ThreeNodes()
    {
        var rig = new SimulationRig();
        rig.Cluster.AddNode(new SimulatedNode { Hostname = "host8", Role = NodeRole.Manager });
        rig.Cluster.AddNode(new SimulatedNode { Hostname = "host5", Labels = new Dictionary<string, string> { ["hat"] = "enviro" } });
        rig.Cluster.AddNode(new SimulatedNode { Hostname = "host2", Architecture = "armv7l" });
        return rig;
    }

    public void Pass(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    public Task<ClusterSnapshot> ReadAsync() => Connection.ReadClusterAsync(TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<SwarmTask>> RunningAsync(string? service = null)
    {
        var cluster = await ReadAsync();
        var id = cluster.Services.SingleOrDefault(item => item.Name == service)?.Id;
        return [.. cluster.Tasks.Where(task => task is { State: TaskState.Running, DesiredState: TaskState.Running } && (service is null || task.ServiceId == id))];
    }

    public Task<string> CreateAsync(string name, int? replicas = 1, string[]? constraints = null, string extra = "") =>
        PostIdAsync("services/create", SpecOf(name, replicas, constraints, extra));

    public static string SpecOf(string name, int? replicas = 1, string[]? constraints = null, string extra = "", string image = "busybox:1") => $$$"""
        {"Name":"{{{name}}}","TaskTemplate":{"ContainerSpec":{"Image":"{{{image}}}"},"Placement":{"Constraints":[{{{string.Join(',', (constraints ?? []).Select(item => $"\"{item}\""))}}}]}},
         "Mode":{{{(replicas is null ? "{\"Global\":{}}" : "{\"Replicated\":{\"Replicas\":" + replicas + "}}")}}}{{{(extra.Length > 0 ? "," + extra : "")}}}}
        """;

    public async Task<HttpResponseMessage> PostAsync(string path, string json) =>
        await _http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(json, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    public async Task<string> PostIdAsync(string path, string json)
    {
        using var response = await PostAsync(path, json);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.True(response.StatusCode == HttpStatusCode.Created, body.ToJsonString());
        return (body["ID"] ?? body["Id"])!.GetValue<string>();
    }

    public async Task<JsonNode> GetAsync(string path) =>
        JsonNode.Parse(await _http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken))!;

    public async Task<HttpResponseMessage> UpdateServiceAsync(string name, Action<JsonNode> change)
    {
        var service = await GetAsync($"services/{name}");
        change(service["Spec"]!);
        return await PostAsync($"services/{name}/update?version={service["Version"]!["Index"]}", service["Spec"]!.ToJsonString());
    }

    public async Task SetAvailabilityAsync(string hostname, string availability)
    {
        var node = (await GetAsync("nodes")).AsArray().Single(item => item!["Description"]!["Hostname"]!.GetValue<string>() == hostname)!;
        node["Spec"]!["Availability"] = availability;
        using var response = await PostAsync($"nodes/{node["ID"]}/update?version={node["Version"]!["Index"]}", node["Spec"]!.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        _http.Dispose();
        Cluster.Dispose();
    }
}
