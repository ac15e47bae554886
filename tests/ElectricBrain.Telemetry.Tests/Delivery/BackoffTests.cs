using ElectricBrain.Telemetry.Delivery;

namespace ElectricBrain.Telemetry.Tests.Delivery;

public sealed class BackoffTests
{
    private const int Agents = 1_000;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 4)]
    [InlineData(20, 30)]
    public void Next_ManyAgentsThatFailedTogether_SpreadOverTheBound(int attempt, double boundSeconds)
    {
        var waits = Waits(attempt, retryAfter: null);

        Assert.All(waits, wait => Assert.InRange(wait, 0.05, boundSeconds));
        AssertSpread(waits, 0, boundSeconds);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(3_600, 30)]
    public void Next_ServerThatTellsEveryoneWhenToReturn_SpreadsThemAfterThat(int askedSeconds, double grantedSeconds)
    {
        var waits = Waits(attempt: 4, TimeSpan.FromSeconds(askedSeconds));

        Assert.All(waits, wait => Assert.InRange(wait, grantedSeconds, grantedSeconds + 8));
        AssertSpread(waits, grantedSeconds, grantedSeconds + 8);
    }

    private static List<double> Waits(int attempt, TimeSpan? retryAfter) =>
        [.. Enumerable.Range(0, Agents).Select(_ => Backoff.Next(attempt, retryAfter).TotalSeconds)];

    /// <summary>No tenth of the span may have more than a fifth of the agents; by chance that is less likely than 10^-18.</summary>
    private static void AssertSpread(List<double> waits, double from, double to)
    {
        var busiest = waits.GroupBy(wait => (int)((wait - from) / (to - from) * 10)).Max(static tenth => tenth.Count());
        Assert.InRange(busiest, 1, Agents / 5);
    }
}
