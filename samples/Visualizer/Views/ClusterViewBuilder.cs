using System.Globalization;
using ElectricBrain.Swarm.Model;

namespace ElectricBrain.Samples.Visualizer.Views;

/// <summary>Makes the view of a snapshot.</summary>
internal sealed class ClusterViewBuilder
{
    /// <summary>How long a failure is shown after it happened.</summary>
    private static readonly TimeSpan FailureShownFor = TimeSpan.FromMinutes(5);

    private readonly ClusterSnapshot _snapshot;
    private readonly Dictionary<string, SwarmService> _services;
    private readonly Dictionary<string, SwarmNode> _nodes;
    private readonly StackTones _tones;
    private readonly DateTimeOffset _now;

    private ClusterViewBuilder(ClusterSnapshot snapshot, DateTimeOffset now)
    {
        _snapshot = snapshot;
        _now = now;
        _services = snapshot.Services.ToDictionary(service => service.Id);
        _nodes = snapshot.Nodes.ToDictionary(node => node.Id);
        _tones = new StackTones(snapshot.Services.Select(service => service.StackName ?? service.Name));
    }

    /// <summary>Builds the view, keeping the parts of the view before that are equal, and itself when all are.</summary>
    public static ClusterView Build(ClusterSnapshot snapshot, DateTimeOffset now, ClusterView? before)
    {
        var view = new ClusterViewBuilder(snapshot, now).Build();
        if (before is null)
        {
            return view;
        }

        if (view.Equals(before))
        {
            return before;
        }

        var nodes = before.Nodes.ToDictionary(node => node.Id);
        return view with
        {
            Nodes = new ValueList<NodeView>([.. view.Nodes.Select(node => nodes.GetValueOrDefault(node.Id) is { } known && known.Equals(node) ? known : node)]),
            Services = Kept(view.Services, before.Services),
            Problems = Kept(view.Problems, before.Problems),
            Unplaced = Kept(view.Unplaced, before.Unplaced),
            Totals = view.Totals.Equals(before.Totals) ? before.Totals : view.Totals,
            Stacks = Kept(view.Stacks, before.Stacks),
            Labels = Kept(view.Labels, before.Labels),
        };
    }

    private static ValueList<T> Kept<T>(ValueList<T> now, ValueList<T> before) => now.Equals(before) ? before : now;

    private ClusterView Build()
    {
        var shown = _snapshot.Tasks.Where(IsShown).ToLookup(task => task.NodeId is { } id && _nodes.ContainsKey(id) ? id : "");
        var nodes = _snapshot.Nodes.OrderBy(node => node.Hostname, HostnameOrder.Instance).Select(node => ViewOf(node, shown[node.Id])).ToArray();
        return new ClusterView(
            TotalsOf(),
            new ValueList<NodeView>(nodes),
            TasksOf(shown[""]),
            new ValueList<ServiceView>([.. _snapshot.Services.OrderBy(service => service.Name, StringComparer.Ordinal).Select(ViewOf)]),
            ProblemsOf(),
            new ValueList<StackView>([.. _snapshot.Services.Select(service => service.StackName).OfType<string>().Distinct().Order(StringComparer.Ordinal).Select(stack => new StackView(stack, _tones[stack]))]),
            new ValueList<string>([.. nodes.SelectMany(node => node.Labels).Distinct().Order(StringComparer.Ordinal)]));
    }

    /// <summary>The tasks that are wanted, and those that still run though they are not.</summary>
    private static bool IsShown(SwarmTask task) => task.DesiredState <= TaskState.Running || task.State is >= TaskState.Assigned and <= TaskState.Running;

    private NodeView ViewOf(SwarmNode node, IEnumerable<SwarmTask> tasks)
    {
        var (condition, text) = ConditionOf(node);
        return new NodeView(
            node.Id,
            node.Hostname,
            node.IsLeader ? "leader" : node.Role == NodeRole.Manager ? "manager" : "worker",
            condition,
            text,
            Display.Architecture(node.Architecture),
            !node.Architecture.StartsWith("x86", StringComparison.Ordinal),
            node.OperatingSystem,
            node.EngineVersion,
            node.Cpus,
            node.MemoryBytes,
            new ValueList<string>([.. node.Labels.Where(label => Redaction.MayShow(label.Key, label.Value)).Select(label => $"{label.Key}={label.Value}").Order(StringComparer.Ordinal)]),
            TasksOf(tasks));
    }

    private static (NodeCondition, string) ConditionOf(SwarmNode node) => (node.State, node.Availability) switch
    {
        (not NodeState.Ready, _) => (NodeCondition.Down, node.StateMessage.Length > 0 ? $"Down: {Redaction.Clean(node.StateMessage)}" : node.State.ToString()),
        (_, NodeAvailability.Drain) => (NodeCondition.Drained, "Drained"),
        (_, NodeAvailability.Pause) => (NodeCondition.Paused, "Paused"),
        _ => (NodeCondition.Ready, "Ready"),
    };

    private ValueList<TaskView> TasksOf(IEnumerable<SwarmTask> tasks) => new([.. tasks.Select(ViewOf)
        .OrderBy(task => task.Service, StringComparer.Ordinal).ThenBy(task => task.Name, StringComparer.Ordinal).ThenBy(task => task.Id, StringComparer.Ordinal)]);

    private TaskView ViewOf(SwarmTask task)
    {
        var service = _services.GetValueOrDefault(task.ServiceId);
        var name = ShortNameOf(service) ?? "(removed)";
        return new TaskView(
            task.Id,
            service?.Name ?? task.ServiceId,
            service?.StackName,
            task.Slot > 0 && service?.Replicas != 1 ? string.Create(CultureInfo.InvariantCulture, $"{name}.{task.Slot}") : name,
            ToneOf(service),
            PhaseOf(task),
            task.State.ToString().ToLowerInvariant(),
            Display.Image(task.Image),
            task.StateSince,
            task.Error is null ? null : Redaction.Clean(task.Error));
    }

    private TaskPhase PhaseOf(SwarmTask task) => task switch
    {
        { State: > TaskState.Running } => TaskPhase.Done,
        { State: >= TaskState.Assigned, NodeId: { } id } when _nodes.GetValueOrDefault(id) is { State: not NodeState.Ready } => TaskPhase.Lost,
        { DesiredState: > TaskState.Running } => TaskPhase.Stopping,
        { State: TaskState.Running } => TaskPhase.Running,
        { State: < TaskState.Assigned } => TaskPhase.Pending,
        _ => TaskPhase.Starting,
    };

    private ServiceView ViewOf(SwarmService service)
    {
        var wanted = TasksOfService[service.Id].Where(task => task.DesiredState <= TaskState.Running).ToList();
        var isJob = service.Mode is ServiceMode.ReplicatedJob or ServiceMode.GlobalJob;
        return new ServiceView(
            service.Id,
            service.Name,
            ShortNameOf(service)!,
            service.StackName,
            ToneOf(service),
            isJob ? "job" : service.Mode == ServiceMode.Global ? "global" : "replicated",
            isJob ? TasksOfService[service.Id].Count(task => task.State == TaskState.Complete) : wanted.Count(task => task.State == TaskState.Running),
            service.Replicas ?? wanted.Count,
            Display.Image(service.Image),
            new ValueList<string>([.. service.Ports.Where(port => port.Port > 0).Select(port => string.Create(CultureInfo.InvariantCulture, $"{port.Port}→{port.TargetPort}/{port.Protocol}"))]),
            service.UpdateState is null or "completed" ? null : service.UpdateState.Replace('_', ' '),
            service.UpdateMessage is null ? null : Redaction.Clean(service.UpdateMessage));
    }

    private ILookup<string, SwarmTask> TasksOfService => field ??= _snapshot.Tasks.ToLookup(task => task.ServiceId);

    private ValueList<ProblemView> ProblemsOf()
    {
        var waiting = _snapshot.Tasks.Where(task => task.DesiredState <= TaskState.Running && task.State < TaskState.Running && task.Error is not null).Select(task => (Task: task, Kind: "pending"));
        var failed = _snapshot.Tasks.Where(task => task.State is TaskState.Failed or TaskState.Rejected && _now - task.StateSince < FailureShownFor).Select(task => (Task: task, Kind: task.State.ToString().ToLowerInvariant()));
        return new ValueList<ProblemView>([.. waiting.Concat(failed)
            .GroupBy(item => (item.Task.ServiceId, item.Kind, Reason: Redaction.Clean(item.Task.Error ?? item.Task.Message)))
            .Select(group =>
            {
                var service = _services.GetValueOrDefault(group.Key.ServiceId);
                return new ProblemView(
                    service?.Name ?? group.Key.ServiceId,
                    service?.StackName,
                    ToneOf(service),
                    group.Key.Kind,
                    group.Key.Reason,
                    group.Count(),
                    group.Max(item => item.Task.StateSince),
                    string.Join(", ", group.Select(item => item.Task.NodeId is { } id ? _nodes.GetValueOrDefault(id)?.Hostname : null).OfType<string>().Distinct().Order(HostnameOrder.Instance)));
            })
            .OrderBy(problem => problem.Kind == "pending" ? 0 : 1).ThenByDescending(problem => problem.Since).ThenBy(problem => problem.Service, StringComparer.Ordinal)]);
    }

    private ClusterTotals TotalsOf() => new(
        _snapshot.Nodes.Count,
        _snapshot.Nodes.Count(node => node.State == NodeState.Ready),
        _snapshot.TotalCpus,
        _snapshot.TotalMemoryBytes,
        _snapshot.Tasks.Count(task => task is { State: TaskState.Running, DesiredState: TaskState.Running }),
        _snapshot.Tasks.Count(task => task.DesiredState <= TaskState.Running),
        SharesOf(node => Display.Architecture(node.Architecture)),
        SharesOf(node => node.EngineVersion));

    private ValueList<Share> SharesOf(Func<SwarmNode, string> keyOf) => new([.. _snapshot.Nodes.CountBy(keyOf)
        .OrderByDescending(share => share.Value).ThenBy(share => share.Key, StringComparer.Ordinal).Select(share => new Share(share.Key, share.Value))]);

    private int ToneOf(SwarmService? service) => service is null ? 0 : _tones[service.StackName ?? service.Name];

    private static string? ShortNameOf(SwarmService? service) =>
        service is { StackName: { } stack } && service.Name.StartsWith(stack + "_", StringComparison.Ordinal) ? service.Name[(stack.Length + 1)..] : service?.Name;
}
