using ElectricBrain.Sensors.Sound;
using ElectricBrain.Sensors.Sound.Levels;

namespace ElectricBrain.Sensors.Tests.Sound.Levels;

public sealed class SoundLevelMeterOptionsTests
{
    public static TheoryData<SoundLevelMeterOptions, string> Invalid => new()
    {
        { new SoundLevelMeterOptions { Interval = TimeSpan.FromMilliseconds(90) }, "Interval" },
        { new SoundLevelMeterOptions { Interval = TimeSpan.FromMilliseconds(105) }, "Interval" },
        { new SoundLevelMeterOptions { Interval = TimeSpan.FromDays(2) }, "Interval" },
        { new SoundLevelMeterOptions { Channel = 2 }, "Channel" },
        { new SoundLevelMeterOptions { Channel = -1 }, "Channel" },
        { new SoundLevelMeterOptions { Microphone = null! }, "Microphone" },
        { new SoundLevelMeterOptions { Microphone = new Microphone { SensitivityDecibels = double.NaN } }, "SensitivityDecibels" },
        { new SoundLevelMeterOptions { Microphone = new Microphone { ToleranceDecibels = -1 } }, "ToleranceDecibels" },
        { new SoundLevelMeterOptions { Microphone = new Microphone { LowFrequencyCornerHertz = 0 } }, "LowFrequencyCornerHertz" },
        { new SoundLevelMeterOptions { Microphone = new Microphone { LowFrequencyCornerHertz = 15 } }, "EqualizedDownToHertz" },
        { new SoundLevelMeterOptions { Calibration = new SoundCalibration(double.NaN, 0) }, "calibration" },
        { new SoundLevelMeterOptions { Calibration = new SoundCalibration(0, -1) }, "calibration" },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Meter_InvalidOptions_AreNamedInTheError(SoundLevelMeterOptions options, string named)
    {
        var exception = Assert.Throws<ArgumentException>(() => new SoundLevelMeter(SoundFormat.Enviro, options));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SoundEncoding.S16, 3, 48_000, "Channels")]
    [InlineData(SoundEncoding.S16, 2, 22_050, "22050 Hz")]
    [InlineData((SoundEncoding)9, 2, 48_000, "Encoding")]
    public void Meter_UnsupportedFormat_IsNamedInTheError(SoundEncoding encoding, int channels, int sampleRate, string named)
    {
        var exception = Assert.Throws<ArgumentException>(() => new SoundLevelMeter(new SoundFormat(encoding, channels, sampleRate)));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromReference_MeterThatShowsTooLittle_ShowsTheReferenceAfterwards()
    {
        var sine = Pcm.Sine(0.05, 1000, 48_000, 1.5);
        var shown = Assert.Single(Measurement.Levels(sine)).A.Equivalent;
        var options = new SoundLevelMeterOptions { Calibration = SoundCalibration.FromReference(shown, reference: 97, uncertainty: 0.4) };

        var calibrated = Assert.Single(Measurement.Levels(sine, options));

        Assert.Equal(97, calibrated.A.Equivalent, 1e-6);
        Assert.Equal(97, calibrated.L50, 0.06);
        Assert.Equal(97, calibrated.Octaves!.Value.Hz1000, 0.05);
        Assert.Equal(0.4, calibrated.UncertaintyDecibels);
    }

    [Theory]
    [InlineData(25)]
    [InlineData(50)]
    [InlineData(80)]
    [InlineData(1000)]
    public void LowFrequencyCorner_MicrophoneThatFallsOff_IsEqualized(double hertz)
    {
        const double Corner = 80;
        const double DownTo = 10;
        var options = new SoundLevelMeterOptions
        {
            Microphone = new Microphone { LowFrequencyCornerHertz = Corner, EqualizedDownToHertz = DownTo },
            Interval = TimeSpan.FromSeconds(2),
        };
        // What a first-order fall-off at the corner leaves of a sine of 100 dB, and what the limit of the equalizer still misses.
        var heard = 0.1 / Math.Sqrt(1 + Math.Pow(Corner / hertz, 2));
        var missing = -10 * Math.Log10(1 + Math.Pow(DownTo / hertz, 2));

        var levels = Assert.Single(Measurement.Levels(Pcm.Sine(heard, hertz, 48_000, 2.5), options));

        Assert.Equal(100 + missing, levels.Z.Equivalent, 0.1);
    }
}
