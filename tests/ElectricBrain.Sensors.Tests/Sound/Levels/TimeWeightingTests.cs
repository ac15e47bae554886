using ElectricBrain.Sensors.Sound.Levels;

namespace ElectricBrain.Sensors.Tests.Sound.Levels;

public sealed class TimeWeightingTests
{
    private static readonly SoundLevelMeterOptions TenthsOfASecond = new() { Interval = TimeSpan.FromMilliseconds(100) };

    /// <summary>Decay of the time weightings after sound ends: IEC 61672-1, 5.8.2 (F, S) and annex of the impulse weighting.</summary>
    [Theory]
    [InlineData("F", 34.7)]
    [InlineData("S", 4.3)]
    [InlineData("I", 2.9)]
    public void TryMeasure_AfterSound_DecaysAtTheRateOfTheWeighting(string weighting, double decibelsPerSecond)
    {
        var levels = Measurement.Levels(Burst(hertz: 1000, start: 0, length: 3.5, total: 5), TenthsOfASecond);

        var decay = levels[34..39].Zip(levels[35..40], (earlier, later) => 10 * (Of(earlier).Last - Of(later).Last));

        Assert.All(decay, rate => Assert.Equal(decibelsPerSecond, rate, 0.1));

        TimeWeightedLevel Of(SoundLevels reading) => weighting switch
        {
            "F" => reading.A.Fast,
            "S" => reading.A.Slow,
            _ => reading.A.Impulse,
        };
    }

    /// <summary>Responses to bursts of 4 kHz relative to the steady level: IEC 61672-1, table 4.</summary>
    [Theory]
    [InlineData(1000, 0.0, -2.0)]
    [InlineData(500, -0.1, -4.1)]
    [InlineData(200, -1.0, -7.4)]
    [InlineData(100, -2.6, -10.2)]
    [InlineData(50, -4.8, -13.1)]
    [InlineData(20, -8.3, -17.0)]
    [InlineData(10, -11.1, -20.0)]
    public void TryMeasure_ToneBurst_HasTheResponseOfTheStandard(int milliseconds, double fast, double slow)
    {
        var options = new SoundLevelMeterOptions { Interval = TimeSpan.FromSeconds(3) };
        var steady = Assert.Single(Measurement.Levels(Pcm.Sine(0.1, 4000, 48_000, 3.5), options));

        var burst = Assert.Single(Measurement.Levels(Burst(hertz: 4000, start: 0.75, milliseconds / 1000.0, total: 3.5), options));

        Assert.Equal(fast, burst.A.Fast.Maximum - steady.A.Equivalent, 0.1);
        Assert.Equal(slow, burst.A.Slow.Maximum - steady.A.Equivalent, 0.1);
        Assert.True(burst.A.Impulse.Maximum >= burst.A.Fast.Maximum);
        Assert.Equal(10 * Math.Log10(milliseconds / 3000.0), burst.A.Equivalent - steady.A.Equivalent, 0.05);
    }

    /// <summary>A burst over a whisper, as true silence is no sound.</summary>
    private static double[] Burst(double hertz, double start, double length, double total) =>
        Pcm.Samples(48_000, total, time => time >= start && time < start + length ? 0.1 * Math.Sin(Math.Tau * hertz * time) : 1e-8 * Math.Sin(Math.Tau * 1000 * time));
}
