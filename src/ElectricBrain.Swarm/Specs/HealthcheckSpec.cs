namespace ElectricBrain.Swarm.Specs;

/// <summary>How the engine finds out whether a container is well. What is null is left to the image or the engine.</summary>
public sealed record HealthcheckSpec
{
    /// <summary>The command: <c>CMD</c> and its arguments, <c>CMD-SHELL</c> and a line, or <c>NONE</c> to switch the image's check off.</summary>
    public IReadOnlyList<string> Test { get; init; } = [];

    /// <summary>The time between two checks.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>The time after which a check has failed.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The time in which failures do not count.</summary>
    public TimeSpan? StartPeriod { get; init; }

    /// <summary>The number of failures in a row that make the container unhealthy.</summary>
    public int? Retries { get; init; }
}
