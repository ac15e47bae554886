namespace ElectricBrain.Swarm.Specs;

/// <summary>When an ended task is started again. What is null is left to the engine.</summary>
public sealed record RestartPolicySpec
{
    /// <summary><c>none</c>, <c>on-failure</c> or <c>any</c>.</summary>
    public string? Condition { get; init; }

    /// <summary>The wait before each attempt.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>The most attempts within <see cref="Window"/>.</summary>
    public long? MaxAttempts { get; init; }

    /// <summary>The time in which attempts are counted.</summary>
    public TimeSpan? Window { get; init; }
}
