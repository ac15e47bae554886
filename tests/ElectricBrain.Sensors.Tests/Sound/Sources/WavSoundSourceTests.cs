using ElectricBrain.Sensors.Sound;
using ElectricBrain.Sensors.Sound.Levels;
using ElectricBrain.Sensors.Sound.Sources;

namespace ElectricBrain.Sensors.Tests.Sound.Sources;

public sealed class WavSoundSourceTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"sound-{Guid.NewGuid():N}.wav");

    [Theory]
    [InlineData(SoundEncoding.S16, 16, 44_100)]
    [InlineData(SoundEncoding.S24Packed, 24, 48_000)]
    [InlineData(SoundEncoding.S32, 32, 96_000)]
    public async Task MeasureAsync_SineInAFile_ShowsItsLevelUntilTheEnd(SoundEncoding encoding, int bits, int sampleRate)
    {
        var format = new SoundFormat(encoding, 2, sampleRate);
        Write(WavBytes.Format(bits: bits, sampleRate: sampleRate), Pcm.Encode(Pcm.Sine(Pcm.OnePascal, 1000, sampleRate, 3.6), format));
        using var sensor = new SoundLevelSensor(new WavSoundSource(_path));

        for (var run = 0; run < 2; run++)
        {
            var readings = await sensor.MeasureAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

            Assert.Equal(3, readings.Count);
            Assert.All(readings, reading => Assert.Equal(91, Assert.NotNull(reading.Levels).A.Equivalent, 0.08));
            Assert.All(readings, reading => Assert.False(reading.IsSimulated));
        }
    }

    [Fact]
    public async Task ReadAsync_FileCutOffInAFrame_GivesTheWholeFrames()
    {
        var format = WavBytes.Chunk("fmt ", WavBytes.Format());
        await File.WriteAllBytesAsync(_path, WavBytes.File(format, WavBytes.Chunk("data", new byte[12], length: 1000))[..^1], TestContext.Current.CancellationToken);
        using var source = new WavSoundSource(_path);
        await source.OpenAsync(TestContext.Current.CancellationToken);

        Assert.Equal(8, await source.ReadAsync(new byte[100], TestContext.Current.CancellationToken));
        Assert.Equal(0, await source.ReadAsync(new byte[100], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ReadAsync_ChunkAfterTheSamples_IsNotRead()
    {
        await File.WriteAllBytesAsync(
            _path,
            WavBytes.File(WavBytes.Chunk("fmt ", WavBytes.Format()), WavBytes.Chunk("data", new byte[8]), WavBytes.Chunk("LIST", new byte[400])),
            TestContext.Current.CancellationToken);
        using var source = new WavSoundSource(_path);
        await source.OpenAsync(TestContext.Current.CancellationToken);

        Assert.Equal(4, await source.ReadAsync(new byte[6], TestContext.Current.CancellationToken));
        Assert.Equal(4, await source.ReadAsync(new byte[100], TestContext.Current.CancellationToken));
        Assert.Equal(0, await source.ReadAsync(new byte[100], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task OpenAsync_MissingFile_NamesIt()
    {
        using var source = new WavSoundSource(_path);

        var exception = await Assert.ThrowsAsync<FileNotFoundException>(() => source.OpenAsync(TestContext.Current.CancellationToken).AsTask());

        Assert.Contains(_path, exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => source.ReadAsync(new byte[8], TestContext.Current.CancellationToken).AsTask());
    }

    public void Dispose() => File.Delete(_path);

    private void Write(byte[] format, byte[] frames) =>
        File.WriteAllBytes(_path, WavBytes.File(WavBytes.Chunk("fmt ", format), WavBytes.Chunk("data", frames)));
}
