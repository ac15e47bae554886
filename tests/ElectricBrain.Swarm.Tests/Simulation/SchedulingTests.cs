using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Model;

namespace ElectricBrain.Swarm.Tests.Simulation;

public sealed class SchedulingTests
{
    [Fact]
    public async Task Create_ReplicatedService_SpreadsItsTasksOverTheNodes()
    {
        await using var rig = SimulationRig.ThreeNodes();
        await rig.CreateAsync("web", replicas: 6);
        rig.Pass(60);

        var running = await rig.RunningAsync("web");
        Assert.Equal([2, 2, 2], running.CountBy(task => task.NodeId!).Select(count => count.Value));
        Assert.Equal([1, 2, 3, 4, 5, 6], running.Select(task => task.Slot).Order());
    }

    [Fact]
    public async Task Create_GlobalService_RunsOnceOnEachNodeAndOnANewOne()
    {
        await using var rig = SimulationRig.ThreeNodes();
        await rig.CreateAsync("exporter", replicas: null);
        rig.Pass(60);
        Assert.Equal(3, (await rig.RunningAsync("exporter")).DistinctBy(task => task.NodeId).Count());

        rig.Cluster.AddNode(new() { Hostname = "host7" });
        rig.Pass(60);
        Assert.Equal(4, (await rig.RunningAsync("exporter")).DistinctBy(task => task.NodeId).Count());
    }

    [Theory]
    [InlineData("node.labels.hat==enviro", "host5")]
    [InlineData("node.role == manager", "host8")]
    [InlineData("node.hostname==host2", "host2")]
    [InlineData("node.platform.arch==armv7l", "host2")]
    public async Task Create_WithConstraint_RunsOnTheNodeThatMeetsIt(string constraint, string hostname)
    {
        await using var rig = SimulationRig.ThreeNodes();
        await rig.CreateAsync("web", replicas: 2, constraints: [constraint]);
        rig.Pass(60);

        var nodes = (await rig.ReadAsync()).Nodes.ToDictionary(node => node.Id, node => node.Hostname);
        Assert.Equal([hostname, hostname], (await rig.RunningAsync("web")).Select(task => nodes[task.NodeId!]));
    }

    [Fact]
    public async Task Create_NoNodeMeetsTheConstraint_StaysPendingWithTheEnginesReasonUntilOneDoes()
    {
        await using var rig = SimulationRig.ThreeNodes();
        await rig.CreateAsync("web", constraints: ["node.labels.gpu==vaapi"]);
        rig.Pass(60);

        var task = Assert.Single((await rig.ReadAsync()).Tasks);
        Assert.Equal(TaskState.Pending, task.State);
        Assert.Equal("no suitable node (scheduling constraints not satisfied on 3 nodes)", task.Error);

        rig.Cluster.AddNode(new() { Hostname = "host6", Labels = new Dictionary<string, string> { ["gpu"] = "vaapi" } });
        rig.Pass(60);
        Assert.Single(await rig.RunningAsync("web"));
    }

    [Fact]
    public async Task Create_MoreMemoryReservedThanANodeHas_SaysThatResourcesAreInsufficient()
    {
        await using var rig = SimulationRig.ThreeNodes();
        var spec = JsonNode.Parse(SimulationRig.SpecOf("big"))!;
        spec["TaskTemplate"]!["Resources"] = JsonNode.Parse("""{"Reservations":{"MemoryBytes":8589934592}}""");
        await rig.PostIdAsync("services/create", spec.ToJsonString());

        Assert.Equal("no suitable node (insufficient resources on 3 nodes)", Assert.Single((await rig.ReadAsync()).Tasks).Error);
    }

    [Fact]
    public async Task Drain_NodeWithTasks_MovesThemAndTakesNoneUntilActive()
    {
        await using var rig = SimulationRig.ThreeNodes();
        await rig.CreateAsync("web", replicas: 3);
        await rig.CreateAsync("exporter", replicas: null);
        rig.Pass(60);
        await rig.SetAvailabilityAsync("host5", "drain");
        rig.Pass(60);

        var cluster = await rig.ReadAsync();
        var drained = cluster.Nodes.Single(node => node.Hostname == "host5");
        Assert.Equal(NodeAvailability.Drain, drained.Availability);
        Assert.DoesNotContain(await rig.RunningAsync(), task => task.NodeId == drained.Id);
        Assert.Equal(3, (await rig.RunningAsync("web")).Count);
        Assert.Equal(2, (await rig.RunningAsync("exporter")).Count);

        await rig.SetAvailabilityAsync("host5", "active");
        rig.Pass(60);
        Assert.Equal(3, (await rig.RunningAsync("exporter")).Count);
    }

    [Fact]
    public async Task StopNode_NodeWithTasks_IsDownAndItsTasksRunElsewhere()
    {
        await using var rig = SimulationRig.ThreeNodes();
        await rig.CreateAsync("web", replicas: 3);
        rig.Pass(60);
        rig.Cluster.StopNode("host5");
        rig.Pass(60);

        var cluster = await rig.ReadAsync();
        var down = cluster.Nodes.Single(node => node.Hostname == "host5");
        Assert.Equal((NodeState.Down, "heartbeat failure"), (down.State, down.StateMessage));
        Assert.Equal(3, (await rig.RunningAsync("web")).Count(task => task.NodeId != down.Id));

        rig.Cluster.StartNode("host5");
        rig.Pass(60);
        Assert.DoesNotContain((await rig.ReadAsync()).Tasks, task => task.NodeId == down.Id && task.State == TaskState.Running);
    }

    [Fact]
    public async Task ExitTask_RunningTask_FailsItAndRestartsTheSlotAfterItsDelay()
    {
        await using var rig = SimulationRig.ThreeNodes();
        await rig.CreateAsync("web");
        rig.Pass(60);
        Assert.True(rig.Cluster.ExitTask((await rig.RunningAsync("web")).Single().Id, 3));

        rig.Pass(3);
        var tasks = (await rig.ReadAsync()).Tasks;
        var failed = tasks.Single(task => task.State == TaskState.Failed);
        Assert.Equal(("task: non-zero exit (3)", (int?)3), (failed.Error, failed.ExitCode));
        Assert.Equal(TaskState.Ready, tasks.Single(task => task.State != TaskState.Failed).State);

        rig.Pass(10);
        Assert.NotEqual(failed.Id, (await rig.RunningAsync("web")).Single().Id);
    }

    [Fact]
    public async Task ExitTask_ManyTimes_KeepsFiveEndedTasksOfTheSlot()
    {
        await using var rig = SimulationRig.ThreeNodes();
        await rig.CreateAsync("web");
        for (var crash = 0; crash < 9; crash++)
        {
            rig.Pass(60);
            rig.Cluster.ExitTask((await rig.RunningAsync("web")).Single().Id, 1);
        }

        rig.Pass(60);
        Assert.Equal(6, (await rig.ReadAsync()).Tasks.Count);
    }

    [Fact]
    public async Task ExitTask_RestartConditionNone_LeavesTheSlotEmpty()
    {
        await using var rig = SimulationRig.ThreeNodes();
        var spec = JsonNode.Parse(SimulationRig.SpecOf("once"))!;
        spec["TaskTemplate"]!["RestartPolicy"] = JsonNode.Parse("""{"Condition":"none"}""");
        await rig.PostIdAsync("services/create", spec.ToJsonString());
        rig.Pass(60);
        rig.Cluster.ExitTask((await rig.RunningAsync("once")).Single().Id, 0);
        rig.Pass(60);

        Assert.Equal(TaskState.Complete, Assert.Single((await rig.ReadAsync()).Tasks).State);
    }

    [Fact]
    public async Task Create_ThousandNodesAndTwentyThousandTasks_RunsThemAllEvenlySpread()
    {
        await using var rig = new SimulationRig();
        for (var number = 0; number < 1_000; number++)
        {
            rig.Cluster.AddNode(new() { Hostname = $"host{number}", Role = number == 0 ? NodeRole.Manager : NodeRole.Worker });
        }

        for (var number = 0; number < 50; number++)
        {
            await rig.CreateAsync($"service{number}", replicas: 400);
        }

        rig.Pass(120);
        var perNode = (await rig.RunningAsync()).CountBy(task => task.NodeId!).Select(count => count.Value).ToList();
        Assert.Equal((1_000, 20, 20), (perNode.Count, perNode.Min(), perNode.Max()));
    }
}
