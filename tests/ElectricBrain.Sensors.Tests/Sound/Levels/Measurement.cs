using ElectricBrain.Sensors.Sound;
using ElectricBrain.Sensors.Sound.Levels;

namespace ElectricBrain.Sensors.Tests.Sound.Levels;

/// <summary>Measures whole signals.</summary>
internal static class Measurement
{
    public static readonly SoundFormat Mono48 = new(SoundEncoding.S32, 1, 48_000);

    public static List<SoundLevelReading> Of(double[] samples, SoundLevelMeterOptions? options = null, SoundFormat? format = null) =>
        Of(Pcm.Encode(samples, format ?? Mono48, options?.Channel ?? 0), new SoundLevelMeter(format ?? Mono48, options));

    public static List<SoundLevelReading> Of(ReadOnlySpan<byte> frames, SoundLevelMeter meter)
    {
        var readings = new List<SoundLevelReading>();
        while (meter.TryMeasure(ref frames, out var reading))
        {
            readings.Add(reading);
        }

        Assert.True(frames.IsEmpty);
        return readings;
    }

    public static List<SoundLevels> Levels(double[] samples, SoundLevelMeterOptions? options = null, SoundFormat? format = null) =>
        [.. Of(samples, options, format).Select(reading => Assert.NotNull(reading.Levels))];
}
