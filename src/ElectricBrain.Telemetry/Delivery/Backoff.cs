namespace ElectricBrain.Telemetry.Delivery;

/// <summary>
/// Exponential back-off with full jitter: each wait is drawn evenly from zero to a bound that doubles, so that agents which lost
/// their server together do not return together.
/// </summary>
internal static class Backoff
{
    public static readonly TimeSpan Base = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    /// <param name="attempt">Failed attempts before this wait, from 1.</param>
    /// <param name="retryAfter">What the other side asked for, at least.</param>
    public static TimeSpan Next(int attempt, TimeSpan? retryAfter = null)
    {
        var bound = Math.Min(Longest.TotalSeconds, Base.TotalSeconds * Math.Pow(2, attempt - 1));
        var wait = TimeSpan.FromSeconds(Random.Shared.NextDouble() * bound);
        var least = retryAfter is { } asked && asked > Shortest ? asked : Shortest;
        return wait > least ? wait : least < Longest ? least : Longest;
    }
}
