using ElectricBrain.Sensors.Sound.Levels;

namespace ElectricBrain.Sensors.Tests.Sound.Levels;

public sealed class OctaveBankTests
{
    private const int BlockLength = 480;

    /// <summary>Least and most attenuation of class 1 by the distance from the middle in octaves (IEC 61260-1, table 1).</summary>
    private static readonly (double Octaves, double Least, double Most)[] Class1 =
    [
        (0, -0.4, 0.4),
        (0.125, -0.4, 0.5),
        (0.25, -0.4, 0.7),
        (0.375, -0.4, 1.4),
        (0.4999, -0.4, 5.3),
        (0.5001, 1.6, double.PositiveInfinity),
        (1, 16.6, double.PositiveInfinity),
        (2, 40.5, double.PositiveInfinity),
        (3, 60, double.PositiveInfinity),
        (4, 70, double.PositiveInfinity),
    ];

    public static MatrixTheoryData<int, int> BandsAndRates => new(Enumerable.Range(0, 10), [44_100, 48_000, 96_000]);

    [Theory]
    [MemberData(nameof(BandsAndRates))]
    public void Levels_SinesAboutABand_KeepTheLimitsOfClass1(int band, int sampleRate)
    {
        if (sampleRate == 44_100 && band == 9)
        {
            Assert.Null(Measure(1000, sampleRate)[band]);
            return;
        }

        foreach (var (octaves, least, most) in Class1)
        {
            foreach (var side in (double[])[-1, 1])
            {
                // An octave of the base ten system is a factor of 10^0.3.
                var hertz = 1000 * Math.Pow(10, (-15 + 3 * (band + side * octaves)) / 10);
                if (hertz is > 4 and < 20_500)
                {
                    var attenuation = -Measure(hertz, sampleRate)[band];
                    Assert.True(attenuation >= least && attenuation <= most, $"{hertz:F1} Hz is attenuated by {attenuation:F2} dB, not {least} to {most} dB");
                }
            }
        }
    }

    [Fact]
    public void TryMeasure_OneKilohertz_ShowsInItsBandOnly()
    {
        var octaves = Assert.NotNull(Assert.Single(Measurement.Levels(Pcm.Sine(0.1, 1000, 48_000, 1.5))).Octaves);

        Assert.Equal(100, octaves.Hz1000, 0.05);
        Assert.True(octaves.Hz500 < 84 && octaves.Hz2000 < 84);
        Assert.True(octaves.Hz250 < 60 && octaves.Hz4000 < 60);
        Assert.True(octaves.Hz31 < 40 && octaves.Hz63 < 40 && octaves.Hz8000 < 40 && octaves.Hz16000 < 40);
    }

    [Fact]
    public void TryMeasure_WhiteNoise_RisesByThreeDecibelsAnOctave()
    {
        var random = new Random(1);
        var noise = Pcm.Samples(48_000, 20.5, _ => 0.1 * (2 * random.NextDouble() - 1));

        var octaves = Assert.NotNull(Assert.Single(Measurement.Levels(noise, new SoundLevelMeterOptions { Interval = TimeSpan.FromSeconds(20) })).Octaves);

        double[] levels = [octaves.Hz125, octaves.Hz250, octaves.Hz500, octaves.Hz1000, octaves.Hz2000, octaves.Hz4000, octaves.Hz8000];
        Assert.All(levels.Zip(levels[1..]), pair => Assert.Equal(3.0, pair.Second - pair.First, 0.5));
    }

    [Fact]
    public void TryMeasure_BandsSwitchedOff_GivesNone() =>
        Assert.Null(Assert.Single(Measurement.Levels(Pcm.Sine(0.1, 1000, 48_000, 1.5), new SoundLevelMeterOptions { OctaveBands = false })).Octaves);

    /// <summary>Levels of the bands relative to that of a sine.</summary>
    private static double?[] Measure(double hertz, int sampleRate)
    {
        var bank = new OctaveBank(sampleRate, BlockLength);
        var sine = Pcm.Sine(1, hertz, sampleRate, 1);
        long samples = 0;
        for (var n = 0; n + BlockLength <= sine.Length; n += BlockLength)
        {
            var detect = n >= sampleRate / 2;
            bank.Add(sine.AsSpan(n, BlockLength), detect);
            samples += detect ? BlockLength : 0;
        }

        var levels = bank.Levels(samples, new LevelScale(10 * Math.Log10(2)));
        return [levels.Hz31, levels.Hz63, levels.Hz125, levels.Hz250, levels.Hz500, levels.Hz1000, levels.Hz2000, levels.Hz4000, levels.Hz8000, levels.Hz16000];
    }
}
