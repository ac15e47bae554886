using CsCheck;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Sensors.Tests.Sampling;

public sealed class SampleStatisticsTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The examples by which NIST judges software (StRD, univariate): their certified means and deviations.</summary>
    [Theory]
    [InlineData(10_000_001, 10_000_003, 10_000_002, 1, 1, 10_000_002, 1)]
    [InlineData(1.2, 1.4, 1.3, 1, 500, 1.3, 0.1)]
    [InlineData(1_000_000.2, 1_000_000.4, 1_000_000.3, 1, 500, 1_000_000.3, 0.1)]
    [InlineData(10_000_000.2, 10_000_000.4, 10_000_000.3, 1, 500, 10_000_000.3, 0.1)]
    public void Current_ValuesFarFromZero_LosesNoDigits(double low, double high, double middle, int middles, int pairs, double mean, double deviation)
    {
        // NumAcc1 to NumAcc4: the middle once, then low and high in turn.
        var running = new RunningStatistics();
        for (var i = 0; i < middles; i++)
        {
            running.Add(middle, Start);
        }

        for (var i = 0; i < pairs; i++)
        {
            running.Add(low, Start);
            running.Add(high, Start);
        }

        var statistics = running.Current!.Value;
        Assert.Equal(2 * pairs + middles, statistics.Count);
        Assert.Equal(mean, statistics.Mean, 1e-9);
        Assert.Equal(deviation, statistics.StandardDeviation!.Value, 1e-8);
    }

    [Fact]
    public void Current_AnyValues_AreWhatTheDefinitionsSay() =>
        Gen.Double[-1e6, 1e6].Array[1, 200].Sample(values =>
        {
            var statistics = Of(values, 0)!.Value;
            var mean = values.Average();
            Assert.Equal(values.Length, statistics.Count);
            Assert.Equal(values.Min(), statistics.Minimum);
            Assert.Equal(values.Max(), statistics.Maximum);
            Assert.Equal(values[^1], statistics.Last);
            Assert.Equal(mean, statistics.Mean, 1e-6);
            Assert.InRange(statistics.Mean, statistics.Minimum - 1e-9, statistics.Maximum + 1e-9);
            Assert.Equal(Start, statistics.FirstTimestamp);
            Assert.Equal(Start.AddSeconds(values.Length - 1), statistics.LastTimestamp);
            if (values.Length == 1)
            {
                Assert.Null(statistics.StandardDeviation);
            }
            else
            {
                var expected = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
                Assert.Equal(expected, statistics.StandardDeviation!.Value, 1e-6);
            }
        });

    [Fact]
    public void Merge_OfTwoParts_IsTheWhole() =>
        Gen.Select(Gen.Double[90_000, 110_000].Array[0, 50], Gen.Double[90_000, 110_000].Array[0, 50])
            .Where((earlier, later) => earlier.Length + later.Length > 0)
            .Sample((earlier, later) =>
            {
                var whole = Of([.. earlier, .. later], 0)!.Value;
                var merged = SampleStatistics.Merge(Of(earlier, 0).GetValueOrDefault(), Of(later, earlier.Length).GetValueOrDefault());

                Assert.Equal(whole with { Mean = 0, StandardDeviation = null }, merged with { Mean = 0, StandardDeviation = null });
                Assert.Equal(whole.Mean, merged.Mean, 1e-6);
                Assert.Equal(whole.StandardDeviation ?? -1, merged.StandardDeviation ?? -1, 1e-5);
            });

    [Fact]
    public void Current_NoValue_IsNull() => Assert.Null(new RunningStatistics().Current);

    [Fact]
    public void Add_ManyValues_AllocatesNothing()
    {
        var running = new RunningStatistics();
        Assert.Equal(0, Allocations.FewestOf(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                running.Add(i, Start);
            }
        }));
    }

    private static SampleStatistics? Of(double[] values, int from)
    {
        var running = new RunningStatistics();
        for (var i = 0; i < values.Length; i++)
        {
            running.Add(values[i], Start.AddSeconds(from + i));
        }

        return running.Current;
    }
}
