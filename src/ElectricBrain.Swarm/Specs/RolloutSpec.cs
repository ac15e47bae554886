namespace ElectricBrain.Swarm.Specs;

/// <summary>How tasks are replaced by an update or a rollback. What is null is left to the engine.</summary>
public sealed record RolloutSpec
{
    /// <summary>Tasks replaced at once; 0 for all.</summary>
    public long Parallelism { get; init; } = 1;

    /// <summary>The wait between two batches.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary><c>pause</c>, <c>continue</c> or <c>rollback</c>.</summary>
    public string? FailureAction { get; init; }

    /// <summary>The time in which a new task's failure counts against the update.</summary>
    public TimeSpan? Monitor { get; init; }

    /// <summary>The share of failed tasks, 0 to 1, that is borne.</summary>
    public double MaxFailureRatio { get; init; }

    /// <summary><c>stop-first</c> or <c>start-first</c>.</summary>
    public string? Order { get; init; }
}
