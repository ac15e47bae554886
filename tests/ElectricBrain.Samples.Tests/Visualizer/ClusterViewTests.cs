using CsCheck;
using ElectricBrain.Samples.Visualizer.Views;
using ElectricBrain.Swarm.Model;

namespace ElectricBrain.Samples.Tests.Visualizer;

public sealed class ClusterViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly SwarmNode Host8 = new()
    {
        Id = "n8",
        Hostname = "host8",
        Role = NodeRole.Manager,
        IsLeader = true,
        State = NodeState.Ready,
        Architecture = "aarch64",
        OperatingSystem = "linux",
        EngineVersion = "20.10.24",
        Cpus = 4,
        MemoryBytes = 4L << 30,
        Labels = new Dictionary<string, string> { ["hat"] = "enviro", ["nas_password"] = "hunter2" },
    };

    private static readonly SwarmNode Host10 = Host8 with { Id = "n10", Hostname = "host10", IsLeader = false, Role = NodeRole.Worker, Architecture = "armv6l", Cpus = 1, MemoryBytes = 512L << 20 };

    private static readonly SwarmService Nginx = new() { Id = "s1", Name = "website_nginx", StackName = "website", Image = "nginx:1.25@sha256:abc", Replicas = 2, Ports = [new(80, 8080, "tcp", "ingress")] };

    private static SwarmTask Run(string id, string? node, TaskState state = TaskState.Running, TaskState desired = TaskState.Running, string? error = null) => new()
    {
        Id = id,
        ServiceId = "s1",
        NodeId = node,
        Slot = 1,
        State = state,
        DesiredState = desired,
        Image = Nginx.Image,
        StateSince = Now.AddSeconds(-5),
        Error = error,
    };

    [Fact]
    public void Build_TwoNodes_SumsThemAndOrdersThemAsPeopleCount()
    {
        var view = Build([Host10, Host8], [Nginx], [Run("t1", "n8"), Run("t2", "n10", TaskState.Preparing)]);
        Assert.Equal(["host8", "host10"], view.Nodes.Select(node => node.Hostname));
        Assert.Equal((2, 2, 5d, (4L << 30) + (512L << 20), 1, 2), (view.Totals.Nodes, view.Totals.ReadyNodes, view.Totals.Cpus, view.Totals.MemoryBytes, view.Totals.RunningTasks, view.Totals.WantedTasks));
        Assert.Equal([new Share("arm32v6", 1), new Share("arm64v8", 1)], view.Totals.Architectures);
        Assert.Equal([TaskPhase.Running, TaskPhase.Starting], view.Nodes.SelectMany(node => node.Tasks).Select(task => task.Phase));
    }

    [Theory]
    [InlineData(NodeState.Ready, NodeAvailability.Active, "Ready", "Ready")]
    [InlineData(NodeState.Ready, NodeAvailability.Drain, "Drained", "Drained")]
    [InlineData(NodeState.Ready, NodeAvailability.Pause, "Paused", "Paused")]
    [InlineData(NodeState.Down, NodeAvailability.Active, "Down", "Down: heartbeat failure")]
    [InlineData(NodeState.Down, NodeAvailability.Drain, "Down", "Down: heartbeat failure")]
    public void Build_NodeCondition_SaysWhatMattersMost(NodeState state, NodeAvailability availability, string condition, string text)
    {
        var node = Host8 with { State = state, Availability = availability, StateMessage = state == NodeState.Down ? "heartbeat failure" : "" };
        var shown = Assert.Single(Build([node], [], []).Nodes);
        Assert.Equal((condition, text), (shown.Condition.ToString(), shown.ConditionText));
    }

    [Fact]
    public void Build_SecretLikeLabel_IsLeftOut() => Assert.Equal(["hat=enviro"], Build([Host8], [], []).Labels);

    [Fact]
    public void Build_PendingAndFailedTasks_AreProblemsWithTheirReasonsUntilTheyAreOld()
    {
        SwarmTask[] tasks =
        [
            Run("t1", null, TaskState.Pending, error: "no suitable node (1 node not available for new tasks)"),
            Run("t2", "n8", TaskState.Failed, TaskState.Shutdown, "task: non-zero exit (1)"),
            Run("t3", "n8", TaskState.Failed, TaskState.Shutdown, "task: non-zero exit (1)"),
            Run("t4", "n8", TaskState.Failed, TaskState.Shutdown, "task: non-zero exit (2)") with { StateSince = Now.AddHours(-1) },
        ];
        var view = Build([Host8], [Nginx], tasks);
        Assert.Equal([("pending", 1, ""), ("failed", 2, "host8")], view.Problems.Select(problem => (problem.Kind, problem.Count, problem.Where)));
        Assert.Equal("t1", Assert.Single(view.Unplaced).Id);
        Assert.Empty(Assert.Single(view.Nodes).Tasks);
    }

    [Fact]
    public void Build_TaskOfAnUnknownNode_IsShownAsUnplacedInsteadOfVanishing() => Assert.Equal("t1", Assert.Single(Build([Host8], [Nginx], [Run("t1", "gone")]).Unplaced).Id);

    [Fact]
    public void Build_UnwantedTaskThatStillRuns_IsStopping() =>
        Assert.Equal(TaskPhase.Stopping, Build([Host8], [Nginx], [Run("t1", "n8", desired: TaskState.Shutdown)]).Nodes[0].Tasks[0].Phase);

    [Theory]
    [InlineData(TaskState.Running)]
    [InlineData(TaskState.Shutdown)]
    public void Build_TaskOnANodeThatIsDown_IsLost(TaskState desired) =>
        Assert.Equal(TaskPhase.Lost, Build([Host8 with { State = NodeState.Down }], [Nginx], [Run("t1", "n8", desired: desired)]).Nodes[0].Tasks[0].Phase);

    [Fact]
    public void Build_Service_CountsItsTasksAndHidesTheDigest()
    {
        var service = Assert.Single(Build([Host8], [Nginx], [Run("t1", "n8"), Run("t2", "n8", TaskState.Starting)]).Services);
        Assert.Equal((1, 2, false, "nginx", "nginx:1.25"), (service.Running, service.Wanted, service.IsComplete, service.ShortName, service.Image));
        Assert.Equal(["8080→80/tcp"], service.Ports);
    }

    [Fact]
    public void Build_NothingChanged_IsTheSameView()
    {
        var before = Build([Host8, Host10], [Nginx], [Run("t1", "n8")]);
        var copy = Host8 with { Labels = new Dictionary<string, string>(Host8.Labels) };
        Assert.Same(before, ClusterViewBuilder.Build(new ClusterSnapshot([copy, Host10], [Nginx], [Run("t1", "n8")]), Now.AddSeconds(1), before));
    }

    [Fact]
    public void Build_OneTaskChanged_KeepsEveryOtherCard()
    {
        var before = Build([Host8, Host10], [Nginx], [Run("t1", "n8"), Run("t2", "n10", TaskState.Starting)]);
        var after = ClusterViewBuilder.Build(new ClusterSnapshot([Host8, Host10], [Nginx], [Run("t1", "n8"), Run("t2", "n10")]), Now, before);
        Assert.Same(before.Nodes[0], after.Nodes[0]);
        Assert.NotSame(before.Nodes[1], after.Nodes[1]);
        Assert.Same(before.Stacks, after.Stacks);
    }

    [Fact]
    public void Tones_UpToTwelveStacks_AreAllDifferentAndTheSameInEachRun()
    {
        string[] stacks = [.. Enumerable.Range(0, StackTones.Count).Select(number => $"stack{number}")];
        var tones = new StackTones(stacks);
        Assert.Equal(StackTones.Count, stacks.Select(stack => tones[stack]).Distinct().Count());
        Assert.Equal(10, new StackTones(["website"])["website"]);
    }

    [Fact]
    public void HostnameOrder_AnyNames_IsATotalOrderThatCountsAsPeopleDo()
    {
        List<string> hosts = ["ryzen", "pi-10-a", "host10", "hostzero", "host2", "pi-2-a", "host1"];
        Assert.Equal(["host1", "host2", "host10", "hostzero", "pi-2-a", "pi-10-a", "ryzen"], hosts.Order(HostnameOrder.Instance));
        var names = Gen.String[Gen.OneOf(Gen.Char["0129"], Gen.Char["aBb-"]), 0, 6];
        Gen.Select(names, names, names).Sample((a, b, c) =>
        {
            var order = HostnameOrder.Instance;
            return Math.Sign(order.Compare(a, b)) == -Math.Sign(order.Compare(b, a))
                && (order.Compare(a, b) > 0 || order.Compare(b, c) > 0 || order.Compare(a, c) <= 0)
                && (order.Compare(a, b) == 0) == (a == b);
        });
    }

    [Theory]
    [InlineData(null, null, null, true, true)]
    [InlineData("nginx", null, null, true, true)]
    [InlineData("NGINX:1", null, null, true, true)]
    [InlineData("host8", null, null, true, true)]
    [InlineData("arm64", null, null, true, true)]
    [InlineData("grafana", null, null, false, false)]
    [InlineData(null, "website", null, true, true)]
    [InlineData(null, "media", null, false, false)]
    [InlineData("host8", "media", null, false, false)]
    [InlineData(null, null, "hat=enviro", true, true)]
    [InlineData(null, null, "hat=none", false, true)]
    public void Filter_TextStackAndLabel_SelectNodesAndTasks(string? text, string? stack, string? label, bool node, bool task)
    {
        var view = Build([Host8], [Nginx], [Run("t1", "n8")]);
        var filter = new ViewFilter(text, stack, label);
        Assert.Equal((node, task), (filter.Shows(view.Nodes[0]), filter.Shows(view.Nodes[0].Tasks[0], view.Nodes[0])));
    }

    private static ClusterView Build(SwarmNode[] nodes, SwarmService[] services, SwarmTask[] tasks) =>
        ClusterViewBuilder.Build(new ClusterSnapshot(nodes, services, tasks), Now, before: null);
}
