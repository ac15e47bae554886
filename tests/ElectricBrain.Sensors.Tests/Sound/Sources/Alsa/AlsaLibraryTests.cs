using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sound;
using ElectricBrain.Sensors.Sound.Levels;
using ElectricBrain.Sensors.Sound.Sources.Alsa;

namespace ElectricBrain.Sensors.Tests.Sound.Sources.Alsa;

/// <summary>The real libasound captures from files, through its own plugins.</summary>
public sealed class AlsaLibraryTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("alsa-").FullName;

    public AlsaLibraryTests()
    {
        AlsaLibrary.Require();
        // The null device takes any format; the multi one insists on its channels, as hardware does.
        File.WriteAllText(Path.Combine(_directory, "asoundrc"), $$"""
            pcm.nothing { type null }
            pcm.recording { type file slave.pcm nothing file /dev/null infile "{{_directory}}/sound" format raw }
            pcm.stereo {
              type multi
              slaves.a { pcm recording channels 2 }
              bindings.0 { slave a channel 0 }
              bindings.1 { slave a channel 1 }
            }
            pcm.mute { type empty slave.pcm "hw:77" }
            """);
        AlsaLibrary.Configure(Path.Combine(_directory, "asoundrc"));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MeasureAsync_SineThroughLibasound_ShowsItsLevel()
    {
        Record(SoundFormat.Enviro);
        using var source = new AlsaSoundSource("recording");
        using var sensor = new SoundLevelSensor(source);

        var readings = await sensor.MeasureAsync(Cancellation).Take(3).ToListAsync(Cancellation);

        Assert.All(readings, reading =>
        {
            Assert.False(reading.IsSimulated);
            Assert.Equal(91, Assert.NotNull(reading.Levels).A.Equivalent, 0.08);
        });
        Assert.Equal(0, source.Gaps);
    }

    [Fact]
    public async Task OpenAsync_Device_GivesTheMostPreciseFormat()
    {
        Record(SoundFormat.Enviro);
        using var source = new AlsaSoundSource("recording", sampleRate: 96_000, channels: 1);

        Assert.Equal(new SoundFormat(SoundEncoding.S32, 1, 96_000), await source.OpenAsync(Cancellation));
    }

    [Fact]
    public async Task OpenAsync_DeviceWithOtherChannels_IsConvertedByAlsa()
    {
        Record(SoundFormat.Enviro);
        using var source = new AlsaSoundSource("stereo", channels: 1);

        Assert.Equal(1, (await source.OpenAsync(Cancellation)).Channels);
        Assert.True(await source.ReadAsync(new byte[4000], Cancellation) > 0);
    }

    [Fact]
    public async Task OpenAsync_FormatThatNothingGives_IsTold()
    {
        using var source = new AlsaSoundSource("mute");

        var exception = await Assert.ThrowsAsync<SensorException>(() => source.OpenAsync(Cancellation).AsTask());

        Assert.Contains("mute", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_UnknownDevice_NamesItAndTheRemedy()
    {
        using var source = new AlsaSoundSource("hw:CARD=nosuchcard,DEV=0");

        var exception = await Assert.ThrowsAsync<SensorException>(() => source.OpenAsync(Cancellation).AsTask());

        Assert.Equal(SensorFault.BusMissing, exception.Fault);
        Assert.Contains("nosuchcard", exception.Message, StringComparison.Ordinal);
        Assert.Contains("adau7002-simple", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private void Record(SoundFormat format) =>
        File.WriteAllBytes(Path.Combine(_directory, "sound"), Pcm.Encode(Pcm.Sine(Pcm.OnePascal, 1000, format.SampleRate, 4), format));
}
