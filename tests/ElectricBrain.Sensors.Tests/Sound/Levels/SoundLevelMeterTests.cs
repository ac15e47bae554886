using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Sound;
using ElectricBrain.Sensors.Sound.Levels;
using ElectricBrain.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Sensors.Tests.Sound.Levels;

public sealed class SoundLevelMeterTests
{
    public static MatrixTheoryData<SoundEncoding, int, int> Formats => new(Enum.GetValues<SoundEncoding>(), [1, 2], [44_100, 48_000, 88_200, 96_000]);

    [Theory]
    [MemberData(nameof(Formats))]
    public void TryMeasure_SineOfOnePascal_Is91Decibels(SoundEncoding encoding, int channels, int sampleRate)
    {
        var format = new SoundFormat(encoding, channels, sampleRate);
        var options = new SoundLevelMeterOptions { Channel = channels - 1 };

        var levels = Assert.Single(Measurement.Levels(Pcm.Sine(Pcm.OnePascal, 1000, sampleRate, 1.55), options, format));

        foreach (var weighted in (WeightedLevels[])[levels.A, levels.C, levels.Z])
        {
            Assert.Equal(91, weighted.Equivalent, 0.08);
            Assert.Equal(91, weighted.Fast.Last, 0.08);
            Assert.Equal(91, weighted.Slow.Maximum, 0.1);
            Assert.Equal(91, weighted.Impulse.Minimum, 0.1);
        }

        Assert.Equal(90.97, levels.Z.Equivalent, 0.01);
        Assert.Equal(3, levels.UncertaintyDecibels);
    }

    [Fact]
    public void TryMeasure_FourTimesThePressure_Is103Decibels()
    {
        var levels = Assert.Single(Measurement.Levels(Pcm.Sine(4 * Pcm.OnePascal, 1000, 48_000, 1.55)));

        Assert.Equal(103, levels.A.Equivalent, 0.05);
        Assert.Equal(103, levels.Z.Equivalent, 0.05);
    }

    [Theory]
    [InlineData(31.5, -39.4, -3.0)]
    [InlineData(125, -16.1, -0.2)]
    [InlineData(1000, 0, 0)]
    [InlineData(8000, -1.1, -3.0)]
    public void TryMeasure_Frequencies_AreWeightedByTheStandard(double hertz, double a, double c)
    {
        // Exact frequencies of the base ten system.
        var exact = Math.Pow(10, Math.Round(10 * Math.Log10(hertz)) / 10);

        var levels = Assert.Single(Measurement.Levels(Pcm.Sine(0.1, exact, 48_000, 2.5), new SoundLevelMeterOptions { Interval = TimeSpan.FromSeconds(2) }));

        Assert.Equal(a, levels.A.Equivalent - levels.Z.Equivalent, 0.15);
        Assert.Equal(c, levels.C.Equivalent - levels.Z.Equivalent, 0.15);
    }

    [Fact]
    public void TryMeasure_OffsetAndPlop_DoNotCount()
    {
        var sine = Pcm.Sine(0.01, 1000, 48_000, 1.5);
        var disturbed = sine.Select((sample, n) => sample + 0.05 + 0.9 * Math.Exp(-n / 960.0)).ToArray();

        var clean = Assert.Single(Measurement.Levels(sine));
        var levels = Assert.Single(Measurement.Levels(disturbed));

        Assert.Equal(clean.A.Equivalent, levels.A.Equivalent, 0.001);
        Assert.Equal(clean.Z.Equivalent, levels.Z.Equivalent, 0.01);
        Assert.Equal(clean.Z.Fast.Maximum, levels.Z.Fast.Maximum, 0.05);
    }

    [Fact]
    public void TryMeasure_FirstHalfSecond_IsNotMeasured()
    {
        // Loud for less than the settling time, then quiet.
        var samples = Pcm.Samples(48_000, 1.5, time => (time < 0.2 ? 0.5 : 0.001) * Math.Sin(Math.Tau * 1000 * time));
        var quiet = Assert.Single(Measurement.Levels(Pcm.Sine(0.001, 1000, 48_000, 1.5)));

        var levels = Assert.Single(Measurement.Levels(samples));

        Assert.Equal(quiet.A.Equivalent, levels.A.Equivalent, 0.1);
        Assert.Empty(Measurement.Of(Pcm.Sine(0.1, 1000, 48_000, 1.4999)));
    }

    [Fact]
    public void TryMeasure_ManyIntervals_GivesAReadingForEach()
    {
        var options = new SoundLevelMeterOptions { Interval = TimeSpan.FromMilliseconds(100) };
        var time = new FakeTimeProvider();
        var meter = new SoundLevelMeter(Measurement.Mono48, options, time);

        var readings = Measurement.Of(Pcm.Encode(Pcm.Sine(0.1, 1000, 48_000, 2), Measurement.Mono48), meter);

        Assert.Equal(15, readings.Count);
        Assert.All(readings, reading =>
        {
            Assert.Equal(options.Interval, reading.Duration);
            Assert.Equal(time.GetUtcNow(), reading.Timestamp);
            Assert.Equal(SensorState.Ok, reading.Health.State);
            Assert.False(reading.IsSimulated);
        });
    }

    [Fact]
    public void TryMeasure_IncompleteFrame_IsRefusedAndNothingMeasured()
    {
        var meter = new SoundLevelMeter(SoundFormat.Enviro);

        var exception = Assert.Throws<ArgumentException>(() =>
        {
            ReadOnlySpan<byte> frames = new byte[12];
            meter.TryMeasure(ref frames, out _);
        });

        Assert.Contains("12 bytes", exception.Message, StringComparison.Ordinal);
        Assert.Equal(SensorState.WarmingUp, meter.Health.State);
    }

    [Fact]
    public void Restart_InTheMiddle_DropsTheIntervalAndSettlesAnew()
    {
        var meter = new SoundLevelMeter(Measurement.Mono48);
        var loud = Pcm.Encode(Pcm.Sine(0.5, 1000, 48_000, 0.9), Measurement.Mono48);
        var quiet = Pcm.Encode(Pcm.Sine(0.005, 1000, 48_000, 1.5), Measurement.Mono48);

        Assert.Empty(Measurement.Of(loud, meter));
        meter.Restart();
        var levels = Assert.NotNull(Assert.Single(Measurement.Of(quiet, meter)).Levels);

        Assert.Equal(Assert.Single(Measurement.Levels(Pcm.Sine(0.005, 1000, 48_000, 1.5))), levels);
    }

    [Fact]
    public void TryMeasure_SteadyState_AllocatesNothing()
    {
        var meter = new SoundLevelMeter(SoundFormat.Enviro, new SoundLevelMeterOptions { Interval = TimeSpan.FromMilliseconds(100) });
        var frames = Pcm.Encode(Pcm.Sine(0.1, 1000, 48_000, 2), SoundFormat.Enviro);
        Assert.True(Count(frames) > 10);

        Assert.Equal(0, Allocations.FewestOf(() => Assert.True(Count(frames) == 20)));

        int Count(ReadOnlySpan<byte> rest)
        {
            var count = 0;
            while (meter.TryMeasure(ref rest, out _))
            {
                count++;
            }

            return count;
        }
    }
}
