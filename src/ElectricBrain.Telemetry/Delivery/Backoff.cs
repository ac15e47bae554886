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
    /// <param name="retryAfter">What the other side asked for. It asks everyone alike, so the jitter comes on top; more than <see cref="Longest"/> is not granted.</param>
    public static TimeSpan Next(int attempt, TimeSpan? retryAfter = null)
    {
        var bound = Math.Min(Longest.TotalSeconds, Base.TotalSeconds * Math.Pow(2, attempt - 1));
        var jitter = TimeSpan.FromSeconds(Random.Shared.NextDouble() * bound);
        var asked = retryAfter is { } wanted && wanted > TimeSpan.Zero ? wanted < Longest ? wanted : Longest : TimeSpan.Zero;
        return asked + (jitter > Shortest ? jitter : Shortest);
    }
}
