namespace ElectricBrain.Swarm.Model;

/// <summary>One run of a service's container on one node, as the managers observe it.</summary>
public sealed record SwarmTask
{
    /// <summary>The engine's identifier of the task.</summary>
    public required string Id { get; init; }

    /// <summary>The service that the task belongs to.</summary>
    public required string ServiceId { get; init; }

    /// <summary>The node that runs the task; null until the scheduler has chosen one.</summary>
    public string? NodeId { get; init; }

    /// <summary>The task's number within a replicated service; 0 for the global modes.</summary>
    public int Slot { get; init; }

    /// <summary>Where the task is.</summary>
    public TaskState State { get; init; }

    /// <summary>Where the managers want the task to be.</summary>
    public TaskState DesiredState { get; init; }

    /// <summary>The engine's word on <see cref="State"/>, such as "started".</summary>
    public string Message { get; init; } = "";

    /// <summary>Why the task cannot run; null when nothing is wrong.</summary>
    public string? Error { get; init; }

    /// <summary>The container's exit code once it has ended; null before.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The image of this run.</summary>
    public string Image { get; init; } = "";

    /// <summary>When the task came into <see cref="State"/>, by the node's clock.</summary>
    public DateTimeOffset StateSince { get; init; }
}
