using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Sound.Levels;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Sensors.Tests.Sound.Levels;

public sealed class SoundLevelMeterFaultTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(-1)]
    public void TryMeasure_ConstantInput_IsNoMeasurement(double value)
    {
        var readings = Measurement.Of(Pcm.Samples(48_000, 3, _ => value));

        Assert.Equal(2, readings.Count);
        Assert.All(readings, reading =>
        {
            Assert.Null(reading.Levels);
            Assert.Equal(SensorState.Failed, reading.Health.State);
            Assert.Equal(SensorFault.Stuck, reading.Health.Fault);
            Assert.Contains("adau7002", reading.Health.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.95)]
    public void TryMeasure_SilenceWithinAnInterval_FailsItAndTheNextIsRight(double start)
    {
        var samples = Pcm.Samples(48_000, 4.5, time => time >= 0.5 + start && time < 0.52 + start ? 0 : 0.1 * Math.Sin(Math.Tau * 997 * time));

        var readings = Measurement.Of(samples);

        Assert.Equal(SensorFault.Stuck, readings[0].Health.Fault);
        Assert.Null(readings[0].Levels);
        foreach (var reading in readings[1..])
        {
            var levels = Assert.NotNull(reading.Levels);
            Assert.Equal(100, levels.Z.Slow.Minimum, 0.05);
            Assert.Equal(100, levels.Z.Slow.Maximum, 0.05);
        }
    }

    [Fact]
    public void TryMeasure_SilenceAcrossTwoIntervals_EndsWithMeasurements()
    {
        var samples = Pcm.Samples(48_000, 4.5, time => time is >= 1.45 and < 1.55 ? 0 : 0.1 * Math.Sin(Math.Tau * 997 * time));

        var readings = Measurement.Of(samples);

        Assert.Null(readings[0].Levels);
        Assert.NotNull(readings[^1].Levels);
    }

    [Fact]
    public void TryMeasure_MicrophoneThatStartsSilent_IsMeasured()
    {
        var samples = Pcm.Samples(48_000, 1.5, time => time < 0.2 ? 0 : 0.1 * Math.Sin(Math.Tau * 997 * time));

        Assert.Equal(100, Assert.Single(Measurement.Levels(samples)).Z.Slow.Minimum, 0.05);
    }

    [Fact]
    public void TryMeasure_ClippedOnce_GoesOnMeasuringAtOnce()
    {
        var samples = Pcm.Samples(48_000, 3.5, time => time is >= 1 and < 1.005 ? 1 : 0.1 * Math.Sin(Math.Tau * 997 * time));

        var readings = Measurement.Of(samples);

        Assert.Equal([SensorFault.Overload, SensorFault.None, SensorFault.None], readings.Select(reading => reading.Health.Fault));
    }

    [Fact]
    public void TryMeasure_ClippedInput_IsOverload()
    {
        var reading = Assert.Single(Measurement.Of(Pcm.Sine(1.2, 1000, 48_000, 1.5)));

        Assert.Null(reading.Levels);
        Assert.Equal(SensorFault.Overload, reading.Health.Fault);
        Assert.Contains("clipped", reading.Health.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryMeasure_NearlyFullScale_IsMeasured()
    {
        var levels = Assert.Single(Measurement.Levels(Pcm.Sine(0.999, 1000, 48_000, 1.5)));

        Assert.Equal(120, levels.Z.Equivalent, 0.05);
    }

    [Fact]
    public void TryMeasure_SoundAfterSilence_IsMeasuredRight()
    {
        var time = new FakeTimeProvider();
        var meter = new SoundLevelMeter(Measurement.Mono48, timeProvider: time);

        var silent = Measurement.Of(new byte[4 * 48_000 * 3], meter);
        time.Advance(TimeSpan.FromMinutes(1));
        var sounding = Measurement.Of(Pcm.Encode(Pcm.Sine(Pcm.OnePascal, 1000, 48_000, 10), Measurement.Mono48), meter);

        Assert.All(silent, reading => Assert.Equal(silent[0].Health.Since, reading.Health.Since));
        Assert.Equal(SensorState.Ok, sounding[^1].Health.State);
        Assert.Equal(time.GetUtcNow(), sounding[^1].Health.Since);
        var levels = Assert.NotNull(sounding[^1].Levels);
        Assert.Equal(91, levels.A.Equivalent, 0.08);
        Assert.Equal(91, levels.A.Slow.Last, 0.08);
    }
}
