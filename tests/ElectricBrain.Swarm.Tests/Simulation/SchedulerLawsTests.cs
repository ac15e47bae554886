using CsCheck;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Simulation;

namespace ElectricBrain.Swarm.Tests.Simulation;

/// <summary>What holds after any history, once the cluster has come to rest.</summary>
public sealed class SchedulerLawsTests
{
    private static readonly string[] Hosts = ["host8", "host5", "host2", "host6"];
    private static readonly string?[] Constraints = [null, "node.labels.hat==enviro", "node.platform.arch!=armv7l", "node.role==worker"];

    private static readonly Gen<Step> Steps = Gen.OneOf(
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 6], Gen.Int[0, 3], (service, replicas, constraint) => (Step)new Deploy($"s{service}", replicas == 6 ? null : replicas, Constraints[constraint])),
        Gen.Select(Gen.Int[1, 3], Gen.OneOf(Gen.Const("active"), Gen.Const("pause"), Gen.Const("drain")), (host, availability) => (Step)new Availability(Hosts[host], availability)),
        Gen.Select(Gen.Int[1, 3], Gen.Bool, (host, isUp) => (Step)new Power(Hosts[host], isUp)),
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 2], (task, code) => (Step)new Crash(task, code)),
        Gen.Double[0.05, 20].Select(seconds => (Step)new Wait(seconds)));

    [Fact]
    public async Task AnyHistory_AtRest_TasksAreWhereTheyBelongAndAsManyAsWanted() =>
        await Gen.Select(Steps.Array[1, 25], Gen.Int[0, 1_000]).SampleAsync(
            async (steps, seed) =>
            {
                await using var rig = NewRig(seed);
                var last = new Dictionary<string, TaskState>();
                foreach (var step in steps)
                {
                    await ApplyAsync(rig, step);
                    AssertNoneMovesBack(last, await rig.ReadAsync());
                }

                rig.Pass(600);
                AssertLaws(await rig.ReadAsync(), await WantedAsync(rig));
                return true;
            },
            iter: 150,
            threads: 1);

    [Fact]
    public async Task EqualSeeds_EqualCalls_GiveEqualHistories()
    {
        await using var first = NewRig(7);
        await using var second = NewRig(7);
        foreach (var rig in (SimulationRig[])[first, second])
        {
            await rig.CreateAsync("web", replicas: 5);
            rig.Pass(2);
        }

        Assert.Equal((await first.GetAsync("tasks")).ToJsonString(), (await second.GetAsync("tasks")).ToJsonString());
    }

    private static SimulationRig NewRig(int seed)
    {
        var clock = SimulationRig.NewClock();
        var cluster = new SimulatedCluster(clock, seed);
        cluster.AddNode(new() { Hostname = Hosts[0], Role = NodeRole.Manager });
        cluster.AddNode(new() { Hostname = Hosts[1], Labels = new Dictionary<string, string> { ["hat"] = "enviro" } });
        cluster.AddNode(new() { Hostname = Hosts[2], Architecture = "armv7l", Labels = new Dictionary<string, string> { ["hat"] = "enviro" } });
        cluster.AddNode(new() { Hostname = Hosts[3], Architecture = "x86_64" });
        return new SimulationRig(cluster, clock);
    }

    private static async Task ApplyAsync(SimulationRig rig, Step step)
    {
        switch (step)
        {
            case Deploy deploy:
                var services = (await rig.ReadAsync()).Services;
                var spec = SimulationRig.SpecOf(deploy.Name, deploy.Replicas, deploy.Constraint is null ? [] : [deploy.Constraint]);
                if (services.FirstOrDefault(item => item.Name == deploy.Name) is { } known)
                {
                    // A change of mode is refused, and then nothing changes.
                    using var reply = await rig.PostAsync($"services/{deploy.Name}/update?version={known.Version}", spec);
                }
                else
                {
                    await rig.PostIdAsync("services/create", spec);
                }

                break;
            case Availability change:
                await rig.SetAvailabilityAsync(change.Host, change.Value);
                break;
            case Power power:
                (power.IsUp ? (Action<string>)rig.Cluster.StartNode : rig.Cluster.StopNode)(power.Host);
                break;
            case Crash crash:
                var running = await rig.RunningAsync();
                _ = running.Count > 0 && rig.Cluster.ExitTask(running[crash.Task % running.Count].Id, crash.ExitCode);
                break;
            case Wait wait:
                rig.Pass(wait.Seconds);
                break;
        }
    }

    private static async Task<Dictionary<string, string?>> WantedAsync(SimulationRig rig) =>
        (await rig.GetAsync("services")).AsArray().ToDictionary(
            service => (string)service!["ID"]!,
            service => (string?)service!["Spec"]!["TaskTemplate"]!["Placement"]!["Constraints"]!.AsArray().FirstOrDefault());

    private static void AssertLaws(ClusterSnapshot cluster, Dictionary<string, string?> constraints)
    {
        var nodes = cluster.Nodes.ToDictionary(node => node.Id);

        // An update that found no node or was paused by a failure leaves tasks of the spec before it.
        var updated = cluster.Services.Where(service => service.UpdateState is null or "completed").Select(service => service.Id).ToHashSet();
        var wanted = cluster.Tasks.Where(task => task.DesiredState <= TaskState.Running).ToList();
        Assert.All(wanted, task => Assert.True(task.State is TaskState.Running or TaskState.Pending, $"{task} has not come to rest"));
        Assert.All(wanted.Where(task => task.State == TaskState.Running), task =>
        {
            var node = nodes[task.NodeId!];
            Assert.Equal(NodeState.Ready, node.State);
            Assert.NotEqual(NodeAvailability.Drain, node.Availability);
            Assert.True(!updated.Contains(task.ServiceId) || Meets(node, constraints[task.ServiceId]), $"{task} is on {node.Hostname}");
        });
        Assert.DoesNotContain(cluster.Tasks, task => task.State == TaskState.Running && task.DesiredState > TaskState.Running && nodes[task.NodeId!].State == NodeState.Ready);

        foreach (var service in cluster.Services)
        {
            var tasks = wanted.Where(task => task.ServiceId == service.Id).ToList();
            var eligible = cluster.Nodes.Where(node => node.State == NodeState.Ready && Meets(node, constraints[service.Id])).ToList();
            var takesNew = eligible.Where(node => node.Availability == NodeAvailability.Active).ToList();
            if (service.Mode == ServiceMode.Global)
            {
                var on = tasks.Select(task => task.NodeId).ToList();
                Assert.Equal(on.Count, on.Distinct().Count());
                Assert.Superset(takesNew.Select(node => node.Id).ToHashSet<string?>(), on.ToHashSet());
                continue;
            }

            Assert.Equal(Enumerable.Range(1, service.Replicas!.Value), tasks.Select(task => task.Slot).Order());
            if (takesNew.Count > 0 && updated.Contains(service.Id))
            {
                Assert.All(tasks, task => Assert.Equal(TaskState.Running, task.State));
            }
            else if (takesNew.Count == 0)
            {
                Assert.All(tasks.Where(task => task.State == TaskState.Pending), task => Assert.StartsWith("no suitable node (", task.Error, StringComparison.Ordinal));
            }
        }
    }

    private static void AssertNoneMovesBack(Dictionary<string, TaskState> last, ClusterSnapshot cluster)
    {
        foreach (var task in cluster.Tasks)
        {
            Assert.True(!last.TryGetValue(task.Id, out var before) || task.State >= before, $"{task} was {before}");
            last[task.Id] = task.State;
        }
    }

    private static bool Meets(SwarmNode node, string? constraint) => constraint switch
    {
        "node.labels.hat==enviro" => node.Labels.GetValueOrDefault("hat") == "enviro",
        "node.platform.arch!=armv7l" => node.Architecture != "armv7l",
        "node.role==worker" => node.Role == NodeRole.Worker,
        _ => true,
    };

    private abstract record Step;

    private sealed record Deploy(string Name, int? Replicas, string? Constraint) : Step;

    private sealed record Availability(string Host, string Value) : Step;

    private sealed record Power(string Host, bool IsUp) : Step;

    private sealed record Crash(int Task, int ExitCode) : Step;

    private sealed record Wait(double Seconds) : Step;
}
