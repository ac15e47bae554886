using System.Net.Http.Json;
using System.Text.Json;

namespace ElectricBrain.Integration.Tests.Lab;

/// <summary>The lab keeps its promises, on which every other suite here stands.</summary>
public sealed class LabTests(LabFixture lab)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UpAsync_CalledTwice_GivesTheSameSwarmOfThree()
    {
        var first = await lab.Swarm.UpAsync(CancellationToken);
        var second = await lab.Swarm.UpAsync(CancellationToken);

        Assert.Equal(["node1", "node2", "node3"], first.Select(node => node.Name));
        Assert.Equal(first, second);
        using var manager = new EngineClient(first[0].Socket);
        var nodes = await manager.GetAsync("nodes", CancellationToken);
        Assert.Equal(
            ["node1", "node2", "node3"],
            nodes.EnumerateArray().Select(node => node.GetProperty("Description").GetProperty("Hostname").GetString()).Order());
        Assert.All(nodes.EnumerateArray(), node => Assert.Equal("ready", node.GetProperty("Status").GetProperty("State").GetString()));
    }

    [Fact]
    public async Task KillNodeAsync_ThenStartNodeAsync_BringsTheSameNodeBack()
    {
        var nodes = await lab.Swarm.UpAsync(CancellationToken);
        using var engine = new EngineClient(nodes[2].Socket);
        var before = (await engine.GetAsync("info", CancellationToken)).GetProperty("Swarm").GetProperty("NodeID").GetString();

        await lab.Swarm.KillNodeAsync(nodes[2], CancellationToken);
        await Assert.ThrowsAsync<HttpRequestException>(() => engine.GetAsync("_ping", CancellationToken));
        await lab.Swarm.StartNodeAsync(nodes[2], CancellationToken);

        var after = (await engine.GetAsync("info", CancellationToken)).GetProperty("Swarm").GetProperty("NodeID").GetString();
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task PushImageAsync_ImageOfOneNode_IsPulledByAnother()
    {
        var nodes = await lab.Swarm.UpAsync(CancellationToken);
        var reference = await lab.Swarm.PushImageAsync(BusyboxImage.Create(), "lab/busybox:1", CancellationToken, """CMD ["/bin/sh"]""");

        using var worker = new EngineClient(nodes[1].Socket);
        await worker.PostAsync($"images/create?fromImage={Uri.EscapeDataString(reference)}", null, CancellationToken);

        var image = await worker.GetAsync($"images/{reference}/json", CancellationToken);
        Assert.Equal("/bin/sh", image.GetProperty("Config").GetProperty("Cmd")[0].GetString());
    }

    [Fact]
    public async Task KillAsync_ThenRestartAsync_KeepsElasticsearchsData()
    {
        await using var node = await lab.Elasticsearch.StartAsync("kill", CancellationToken);
        using var http = new HttpClient { BaseAddress = node.Url };
        (await http.PutAsJsonAsync("kept/_doc/1?refresh=true", new { value = 42 }, CancellationToken)).EnsureSuccessStatusCode();

        await node.KillAsync(CancellationToken);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/", CancellationToken));
        await node.RestartAsync(CancellationToken);

        Assert.Equal(node.Url, http.BaseAddress);
        var kept = await http.GetFromJsonAsync<JsonElement>("kept/_doc/1", CancellationToken);
        Assert.Equal(42, kept.GetProperty("_source").GetProperty("value").GetInt32());
    }
}
