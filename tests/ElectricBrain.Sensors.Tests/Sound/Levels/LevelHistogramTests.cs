using CsCheck;
using ElectricBrain.Sensors.Sound.Levels;

namespace ElectricBrain.Sensors.Tests.Sound.Levels;

public sealed class LevelHistogramTests
{
    [Fact]
    public void ExceededFor_EvenDistribution_GivesItsPercentiles()
    {
        var histogram = new LevelHistogram();
        for (var level = 40.0; level < 80; level += 0.01)
        {
            histogram.Add(level);
        }

        Assert.Equal(76, histogram.ExceededFor(10), 0.1);
        Assert.Equal(60, histogram.ExceededFor(50), 0.1);
        Assert.Equal(44, histogram.ExceededFor(90), 0.1);
    }

    [Fact]
    public void ExceededFor_AnyLevels_IsThatOfTheSortedLevels() =>
        Gen.Select(Gen.Double[-60, 210].Array[1, 300], Gen.Double[1, 100]).Sample((levels, percent) =>
        {
            var histogram = new LevelHistogram();
            Array.ForEach(levels, histogram.Add);
            var descending = levels.Select(level => Math.Clamp(level, -50, 200)).OrderDescending().ToArray();
            var rank = Math.Max(1, (int)Math.Ceiling(percent / 100 * levels.Length));

            Assert.Equal(descending[rank - 1], histogram.ExceededFor(percent), 0.0501);
        });

    [Fact]
    public void Clear_AfterLevels_ForgetsThem()
    {
        var histogram = new LevelHistogram();
        histogram.Add(90);
        histogram.Clear();
        histogram.Add(30);

        Assert.Equal(30, histogram.ExceededFor(10));
    }

    [Fact]
    public void TryMeasure_LoudForAFifthOfTheTime_ShowsInL10AndNotInL50()
    {
        var options = new SoundLevelMeterOptions { Interval = TimeSpan.FromSeconds(10) };
        var samples = Pcm.Samples(48_000, 10.5, time => (time is >= 3 and < 5 ? 0.1 : 0.001) * Math.Sin(Math.Tau * 1000 * time));

        var levels = Assert.Single(Measurement.Levels(samples, options));

        Assert.Equal(100, levels.L10, 0.1);
        Assert.Equal(60, levels.L50, 0.1);
        Assert.Equal(60, levels.L90, 0.1);
    }
}
