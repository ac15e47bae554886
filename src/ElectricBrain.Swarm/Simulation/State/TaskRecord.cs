using ElectricBrain.Swarm.Model;

namespace ElectricBrain.Swarm.Simulation.State;

/// <summary>A task as the managers keep it.</summary>
internal sealed class TaskRecord(string id, ServiceRecord service, TaskSlot slot)
{
    public string Id => id;

    public ServiceRecord Service => service;

    public TaskSlot Slot => slot;

    /// <summary>The service's spec when the task was made: a task never changes what it runs.</summary>
    public ServiceSpec Spec { get; } = service.Spec;

    /// <summary>Which of the service's task templates the task runs.</summary>
    public int Generation { get; } = service.Generation;

    public NodeRecord? Node { get; set; }

    public ulong Version { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public TaskState State { get; set; }

    public TaskState DesiredState { get; set; }

    public DateTimeOffset StateSince { get; set; }

    public string Message { get; set; } = "created";

    public string? Error { get; set; }

    public int ExitCode { get; set; }

    public string? ContainerId { get; set; }

    /// <summary>The task must not start before this moment (the delay of a restart).</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>The task must not start before this one has ended (the order stop-first).</summary>
    public TaskRecord? NotBeforeEndOf { get; init; }

    /// <summary>Counts the scheduled steps, so that a step overtaken by events is dropped.</summary>
    public int Step { get; set; }

    /// <summary>The JSON of this version; null until it is asked for.</summary>
    public byte[]? Json { get; set; }

    public bool HasEnded => State > TaskState.Running;

    /// <summary>Whether the orchestrator still wants the task.</summary>
    public bool IsWanted => DesiredState <= TaskState.Running;
}
