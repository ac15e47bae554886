using CsCheck;
using ElectricBrain.Sensors.Sound;
using ElectricBrain.Sensors.Sound.Levels;

namespace ElectricBrain.Sensors.Tests.Sound.Levels;

public sealed class SoundLevelMeterPropertyTests
{
    private static readonly SoundLevelMeterOptions TenthsOfASecond = new() { Interval = TimeSpan.FromMilliseconds(100) };

    [Fact]
    public void TryMeasure_AnySplit_GivesTheSameReadings()
    {
        var random = new Random(7);
        var frames = Pcm.Encode(Pcm.Samples(48_000, 0.85, _ => 0.2 * (random.NextDouble() - 0.5)), SoundFormat.Enviro);
        var whole = Levels(Measurement.Of(frames, new SoundLevelMeter(SoundFormat.Enviro, TenthsOfASecond)));
        Assert.Equal(3, whole.Count);

        Gen.Int[1, 1500].Array[1, 100].Sample(lengths =>
        {
            var meter = new SoundLevelMeter(SoundFormat.Enviro, TenthsOfASecond);
            var readings = new List<SoundLevelReading>();
            var position = 0;
            for (var call = 0; position < frames.Length; call++)
            {
                var length = Math.Min(lengths[call % lengths.Length] * SoundFormat.Enviro.BytesPerFrame, frames.Length - position);
                readings.AddRange(Measurement.Of(frames.AsSpan(position, length), meter));
                position += length;
            }

            Assert.Equal(whole, Levels(readings));
        }, iter: 50);
    }

    [Fact]
    public void TryMeasure_AnyGain_ShiftsEveryLevelByIt()
    {
        var random = new Random(8);
        var noise = Pcm.Samples(48_000, 0.6, _ => 0.2 * (random.NextDouble() - 0.5));
        var plain = Assert.Single(Measurement.Levels(noise, TenthsOfASecond));

        Gen.Double[-60, 12].Sample(decibels =>
        {
            var factor = Math.Pow(10, decibels / 20);
            var scaled = Assert.Single(Measurement.Levels([.. noise.Select(sample => factor * sample)], TenthsOfASecond));

            Assert.Equal(decibels, scaled.A.Equivalent - plain.A.Equivalent, 0.001);
            Assert.Equal(decibels, scaled.C.Slow.Maximum - plain.C.Slow.Maximum, 0.001);
            Assert.Equal(decibels, scaled.Octaves!.Value.Hz31 - plain.Octaves!.Value.Hz31, 0.001);
            Assert.Equal(decibels, scaled.L50 - plain.L50, 0.11);
        }, iter: 30);
    }

    [Fact]
    public void TryMeasure_AnyBytes_GivesFiniteLevelsOrNone() =>
        Gen.Select(Gen.Enum<SoundEncoding>(), Gen.Int[1, 2], Gen.Byte.Array[1, 100], Gen.Byte.Array[1, 5000], Gen.Bool).Sample((encoding, channels, pattern, tail, repeat) =>
        {
            var format = new SoundFormat(encoding, channels, 48_000);
            var frames = new byte[format.BytesPerFrame * 48_000 * 3 / 4];
            for (var n = 0; n < frames.Length; n++)
            {
                frames[n] = repeat ? pattern[n % pattern.Length] : tail[n % tail.Length];
            }

            foreach (var reading in Measurement.Of(frames, new SoundLevelMeter(format, TenthsOfASecond)))
            {
                Assert.All(Numbers(reading), level => Assert.InRange(level, -300, 200));
                Assert.NotEqual(reading.Levels is null, reading.Health.Message is null);
            }
        }, iter: 60);

    private static List<SoundLevels?> Levels(IEnumerable<SoundLevelReading> readings) => [.. readings.Select(reading => reading.Levels)];

    private static List<double> Numbers(SoundLevelReading reading)
    {
        if (reading.Levels is not { } levels || levels.Octaves is not { } octaves)
        {
            return [];
        }

        List<double> numbers = [levels.L10, levels.L50, levels.L90, octaves.Hz31, octaves.Hz63, octaves.Hz125, octaves.Hz250, octaves.Hz500, octaves.Hz1000, octaves.Hz2000, octaves.Hz4000, octaves.Hz8000, octaves.Hz16000!.Value];
        foreach (var weighted in (WeightedLevels[])[levels.A, levels.C, levels.Z])
        {
            numbers.Add(weighted.Equivalent);
            foreach (var level in (TimeWeightedLevel[])[weighted.Fast, weighted.Slow, weighted.Impulse])
            {
                numbers.AddRange([level.Last, level.Maximum, level.Minimum]);
            }
        }

        return numbers;
    }
}
