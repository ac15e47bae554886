namespace ElectricBrain.Telemetry.Sinks;

/// <summary>The answer of a sink to one batch.</summary>
public readonly record struct SinkOutcome
{
    private SinkOutcome(SinkOutcomeKind kind, string? error, TimeSpan? retryAfter) => (Kind, Error, RetryAfter) = (kind, error, retryAfter);

    /// <summary>What became of the batch.</summary>
    public SinkOutcomeKind Kind { get; }

    /// <summary>What failed, on what, and the remedy; free of secrets. Null when nothing failed.</summary>
    public string? Error { get; }

    /// <summary>The wait that the other side asked for.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The sink answered for each record.</summary>
    /// <param name="error">The reason when some records have to be offered again.</param>
    /// <param name="retryAfter">The wait that the other side asked for before that.</param>
    public static SinkOutcome Completed(string? error = null, TimeSpan? retryAfter = null) => new(SinkOutcomeKind.Completed, error, retryAfter);

    /// <summary>See <see cref="SinkOutcomeKind.Unavailable"/>.</summary>
    public static SinkOutcome Unavailable(string error, TimeSpan? retryAfter = null) => new(SinkOutcomeKind.Unavailable, error, retryAfter);

    /// <summary>See <see cref="SinkOutcomeKind.Overloaded"/>.</summary>
    public static SinkOutcome Overloaded(string error, TimeSpan? retryAfter = null) => new(SinkOutcomeKind.Overloaded, error, retryAfter);

    /// <summary>See <see cref="SinkOutcomeKind.Unacceptable"/>.</summary>
    public static SinkOutcome Unacceptable(string error) => new(SinkOutcomeKind.Unacceptable, error, null);

    /// <summary>See <see cref="SinkOutcomeKind.Denied"/>.</summary>
    public static SinkOutcome Denied(string error) => new(SinkOutcomeKind.Denied, error, null);
}
