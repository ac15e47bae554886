namespace ElectricBrain.Samples.Visualizer.Views;

/// <summary>A task's chip.</summary>
public sealed record TaskView(
    string Id, string Service, string? Stack, string Name, int Tone, TaskPhase Phase, string State, string Image, DateTimeOffset Since, string? Reason);

/// <summary>What a task's state means to a person.</summary>
public enum TaskPhase
{
    Running,
    Starting,
    Pending,
    Stopping,

    /// <summary>The node does not answer; nobody knows whether the task still runs.</summary>
    Lost,
    Done,
}
