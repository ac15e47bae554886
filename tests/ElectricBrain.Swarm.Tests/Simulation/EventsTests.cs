using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Model;

namespace ElectricBrain.Swarm.Tests.Simulation;

public sealed class EventsTests
{
    [Fact]
    public async Task Events_ChangesOfTheCluster_ArriveInOrderWithWhatChanged()
    {
        await using var rig = SimulationRig.ThreeNodes();
        using var events = await OpenAsync(rig);
        var id = await rig.CreateAsync("web", constraints: ["node.hostname==host8"]);
        await rig.SetAvailabilityAsync("host5", "drain");
        rig.Pass(30);

        var service = await NextAsync(events);
        Assert.Equal(("service", "create", id, "swarm"), Head(service));
        var node = await NextAsync(events);
        Assert.Equal(("availability drain", "active"), ("availability " + node["Actor"]!["Attributes"]!["availability.new"], (string?)node["Actor"]!["Attributes"]!["availability.old"]));
        Assert.Equal(["create", "start"], [(string?)(await NextAsync(events))["Action"], (string?)(await NextAsync(events))["Action"]]);
    }

    [Fact]
    public async Task Events_TaskOnAnotherNode_TellNothingAsAnEngineKnowsItsOwnContainersOnly()
    {
        await using var rig = SimulationRig.ThreeNodes();
        using var events = await OpenAsync(rig);
        await rig.CreateAsync("web", constraints: ["node.hostname==host5"]);
        rig.Pass(30);
        await rig.CreateAsync("last", constraints: ["node.hostname==host5"]);

        Assert.Equal("web", (string?)(await NextAsync(events))["Actor"]!["Attributes"]!["name"]);
        Assert.Equal("last", (string?)(await NextAsync(events))["Actor"]!["Attributes"]!["name"]);
    }

    [Fact]
    public async Task IsReachable_SetToFalse_CutsStreamsAndFailsCallsAndHealsAgain()
    {
        await using var rig = SimulationRig.ThreeNodes();
        using var events = await OpenAsync(rig);
        rig.Cluster.IsReachable = false;

        await Assert.ThrowsAsync<IOException>(() => NextAsync(events));
        var lost = await Assert.ThrowsAsync<EngineException>(rig.ReadAsync);
        Assert.Equal(EngineFailure.Unreachable, lost.Failure);

        rig.Cluster.IsReachable = true;
        Assert.Equal(3, (await rig.ReadAsync()).Nodes.Count);
    }

    [Fact]
    public async Task WatchAsync_SimulatedDrain_ShowsTheNodeDrained()
    {
        await using var rig = SimulationRig.ThreeNodes();
        await using var readings = new ClusterWatcher(rig.Connection).WatchAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await readings.MoveNextAsync());
        await rig.SetAvailabilityAsync("host5", "drain");
        var next = readings.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            rig.Pass(0.2);
            await Task.Yield();
        }

        Assert.Equal(NodeAvailability.Drain, readings.Current.Snapshot.Nodes.Single(node => node.Hostname == "host5").Availability);
    }

    private static async Task<StreamReader> OpenAsync(SimulationRig rig) =>
        new(await rig.Http.GetStreamAsync(new Uri("events", UriKind.Relative), TestContext.Current.CancellationToken));

    private static async Task<JsonNode> NextAsync(StreamReader events) =>
        JsonNode.Parse((await events.ReadLineAsync(TestContext.Current.CancellationToken))!)!;

    private static (string?, string?, string?, string?) Head(JsonNode news) =>
        ((string?)news["Type"], (string?)news["Action"], (string?)news["Actor"]!["ID"], (string?)news["scope"]);
}
