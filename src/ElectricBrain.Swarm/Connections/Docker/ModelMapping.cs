using ElectricBrain.Swarm.Model;
using Wire = Docker.DotNet.Models;

namespace ElectricBrain.Swarm.Connections.Docker;

/// <summary>Maps what the typed client read to the model. Only named fields cross: no environment, no secret, no label of a container.</summary>
internal static class ModelMapping
{
    private const double NanoCpusPerCpu = 1e9;
    private const string StackLabel = "com.docker.stack.namespace";

    public static SwarmNode ToModel(Wire.NodeListResponse node) => new()
    {
        Id = node.ID,
        Hostname = node.Description?.Hostname ?? "",
        Role = node.Spec?.Role == "manager" ? NodeRole.Manager : NodeRole.Worker,
        IsLeader = node.ManagerStatus?.Leader ?? false,
        Availability = node.Spec?.Availability switch
        {
            "pause" => NodeAvailability.Pause,
            "drain" => NodeAvailability.Drain,
            _ => NodeAvailability.Active,
        },
        State = node.Status?.State switch
        {
            "ready" => NodeState.Ready,
            "down" => NodeState.Down,
            "disconnected" => NodeState.Disconnected,
            _ => NodeState.Unknown,
        },
        StateMessage = node.Status?.Message ?? "",
        Address = AddressOf(node),
        Architecture = node.Description?.Platform?.Architecture ?? "",
        OperatingSystem = node.Description?.Platform?.OS ?? "",
        EngineVersion = node.Description?.Engine?.EngineVersion ?? "",
        Cpus = (node.Description?.Resources?.NanoCPUs ?? 0) / NanoCpusPerCpu,
        MemoryBytes = node.Description?.Resources?.MemoryBytes ?? 0,
        Labels = node.Spec?.Labels is { Count: > 0 } labels ? new Dictionary<string, string>(labels) : new Dictionary<string, string>(),
    };

    public static SwarmService ToModel(Wire.SwarmService service)
    {
        (ServiceMode mode, ulong? replicas) = ModeOf(service.Spec?.Mode);
        return new SwarmService
        {
            Id = service.ID,
            Name = service.Spec?.Name ?? "",
            StackName = service.Spec?.Labels is { } labels && labels.TryGetValue(StackLabel, out string? stack) ? stack : null,
            Image = service.Spec?.TaskTemplate?.ContainerSpec?.Image ?? "",
            Mode = mode,
            Replicas = replicas is { } count ? (int)Math.Min(count, int.MaxValue) : null,
            Ports = [.. (service.Endpoint?.Ports ?? service.Spec?.EndpointSpec?.Ports ?? []).Select(ToModel)],
            Version = service.Version?.Index ?? 0,
            UpdateState = service.UpdateStatus?.State,
            UpdateMessage = service.UpdateStatus?.Message,
        };
    }

    public static SwarmTask ToModel(Wire.TaskResponse task) => new()
    {
        Id = task.ID,
        ServiceId = task.ServiceID ?? "",
        NodeId = string.IsNullOrEmpty(task.NodeID) ? null : task.NodeID,
        Slot = (int)(task.Slot ?? 0),
        State = ToModel(task.Status?.State),
        DesiredState = ToModel(task.DesiredState),
        Message = task.Status?.Message ?? "",
        Error = string.IsNullOrEmpty(task.Status?.Err) ? null : task.Status.Err,
        ExitCode = HasEnded(task.Status?.State) ? (int?)task.Status?.ContainerStatus?.ExitCode : null,
        Image = task.Spec?.ContainerSpec?.Image ?? "",
        StateSince = task.Status?.Timestamp is { } since ? new DateTimeOffset(DateTime.SpecifyKind(since, DateTimeKind.Utc)) : default,
    };

    private static (ServiceMode Mode, ulong? Replicas) ModeOf(Wire.ServiceMode? mode) => mode switch
    {
        { Global: not null } => (ServiceMode.Global, null),
        { GlobalJob: not null } => (ServiceMode.GlobalJob, null),
        { ReplicatedJob: { } job } => (ServiceMode.ReplicatedJob, job.TotalCompletions ?? job.MaxConcurrent ?? 1),
        _ => (ServiceMode.Replicated, mode?.Replicated?.Replicas ?? 1),
    };

    private static PublishedPort ToModel(Wire.PortConfig port) => new(
        (int)(port.TargetPort ?? 0), (int)(port.PublishedPort ?? 0), port.Protocol ?? "tcp", port.PublishMode ?? "ingress");

    // A manager that joined over a wildcard address reports 0.0.0.0 as its own; the address of its raft member is the real one.
    private static string AddressOf(Wire.NodeListResponse node)
    {
        string? address = node.Status?.Addr;
        return address is null or "" or "0.0.0.0" && node.ManagerStatus?.Addr is { } manager
            ? manager[..Math.Max(manager.LastIndexOf(':'), 0)].Trim('[', ']')
            : address ?? "";
    }

    private static bool HasEnded(Wire.TaskState? state) =>
        state is Wire.TaskState.Complete or Wire.TaskState.Shutdown or Wire.TaskState.Failed;

    private static TaskState ToModel(Wire.TaskState? state) => state switch
    {
        Wire.TaskState.Pending => TaskState.Pending,
        Wire.TaskState.Assigned => TaskState.Assigned,
        Wire.TaskState.Accepted => TaskState.Accepted,
        Wire.TaskState.Preparing => TaskState.Preparing,
        Wire.TaskState.Ready => TaskState.Ready,
        Wire.TaskState.Starting => TaskState.Starting,
        Wire.TaskState.Running => TaskState.Running,
        Wire.TaskState.Complete => TaskState.Complete,
        Wire.TaskState.Shutdown => TaskState.Shutdown,
        Wire.TaskState.Failed => TaskState.Failed,
        Wire.TaskState.Rejected => TaskState.Rejected,
        Wire.TaskState.Remove => TaskState.Remove,
        Wire.TaskState.Orphaned => TaskState.Orphaned,
        _ => TaskState.New,
    };
}
