using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sound;
using ElectricBrain.Sensors.Sound.Sources.Alsa;
using ElectricBrain.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Sensors.Tests.Sound.Sources.Alsa;

public sealed class AlsaSoundSourceTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_FramesThere_GivesThemWithoutAWait()
    {
        using var source = Source(new ScriptedPcm(100, 100) { Encoding = SoundEncoding.S16 });

        Assert.Equal(new SoundFormat(SoundEncoding.S16, 2, 48_000), await source.OpenAsync(Cancellation));
        Assert.Equal(400, await source.ReadAsync(new byte[4096], Cancellation));
        Assert.Equal(40, await source.ReadAsync(new byte[43], Cancellation));
    }

    [Theory]
    [InlineData(AlsaError.Again)]
    [InlineData(AlsaError.Interrupted)]
    [InlineData(0)]
    public async Task ReadAsync_NothingYet_WaitsForTheNextTick(int answer)
    {
        using var source = Source(new ScriptedPcm(answer, 10));
        await source.OpenAsync(Cancellation);

        var read = source.ReadAsync(new byte[4096], Cancellation).AsTask();
        Assert.False(read.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(80, await read);
        Assert.Equal(0, source.Gaps);
    }

    [Theory]
    [InlineData(AlsaError.Overrun)]
    [InlineData(AlsaError.Suspended)]
    public async Task ReadAsync_Overrun_RecoversAndCountsAGap(int error)
    {
        var pcm = new ScriptedPcm(10, error, 20);
        using var source = Source(pcm);
        await source.OpenAsync(Cancellation);

        Assert.Equal(80, await source.ReadAsync(new byte[4096], Cancellation));
        var read = source.ReadAsync(new byte[4096], Cancellation).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(160, await read);
        Assert.Equal([error], pcm.Recovered);
        Assert.Equal(1, source.Gaps);
    }

    [Theory]
    [InlineData(AlsaError.NoDevice, 0)]
    [InlineData(-77, 0)]
    [InlineData(AlsaError.Overrun, AlsaError.NoDevice)]
    public async Task ReadAsync_Unplugged_FailsAndCanBeOpenedAgain(int error, int recovery)
    {
        var gone = new ScriptedPcm(error) { RecoveryResult = recovery };
        var devices = new Queue<ScriptedPcm>([gone, new ScriptedPcm(5)]);
        using var source = new AlsaSoundSource("hw:1", 48_000, 2, _time, (_, _, _) => devices.Dequeue());
        await source.OpenAsync(Cancellation);

        var exception = await Assert.ThrowsAsync<SensorException>(() => source.ReadAsync(new byte[4096], Cancellation).AsTask());

        Assert.Equal(SensorFault.NoAnswer, exception.Fault);
        Assert.Contains("hw:1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("error", exception.Message, StringComparison.Ordinal);
        Assert.True(gone.IsDisposed);
        await Assert.ThrowsAsync<InvalidOperationException>(() => source.ReadAsync(new byte[4096], Cancellation).AsTask());
        await source.OpenAsync(Cancellation);
        Assert.Equal(40, await source.ReadAsync(new byte[4096], Cancellation));
    }

    [Fact]
    public async Task ReadAsync_NoSamplesForSeconds_IsStuck()
    {
        var pcm = new ScriptedPcm();
        using var source = Source(pcm);
        await source.OpenAsync(Cancellation);

        var read = source.ReadAsync(new byte[4096], Cancellation).AsTask();
        while (!read.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        Assert.Equal(SensorFault.Stuck, (await Assert.ThrowsAsync<SensorException>(() => read)).Fault);
        Assert.True(pcm.IsDisposed);
    }

    [Fact]
    public async Task ReadAsync_Cancelled_EndsTheWait()
    {
        using var cancellation = new CancellationTokenSource();
        using var source = Source(new ScriptedPcm());
        await source.OpenAsync(Cancellation);

        var read = source.ReadAsync(new byte[4096], cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }

    [Fact]
    public async Task ReadAsync_FramesThere_AllocatesNothing()
    {
        using var source = Source(new ScriptedPcm([.. Enumerable.Repeat(100, 2000)]));
        await source.OpenAsync(Cancellation);
        var buffer = new byte[4096];
        await ReadAsync(100);

        // A debug build allocates for the loop itself, but never for each of its reads.
        Assert.InRange(
            Allocations.FewestOf(() =>
            {
                var reads = ReadAsync(300);
                Assert.True(reads.IsCompletedSuccessfully);
            }),
            0,
            299);

        async ValueTask ReadAsync(int times)
        {
            for (var n = 0; n < times; n++)
            {
                await source.ReadAsync(buffer, Cancellation);
            }
        }
    }

    [Theory]
    [InlineData(AlsaError.NoEntry, SensorFault.BusMissing, "adau7002-simple")]
    [InlineData(AlsaError.NoDevice, SensorFault.BusMissing, "arecord -l")]
    [InlineData(AlsaError.AccessDenied, SensorFault.PermissionDenied, "group audio")]
    [InlineData(AlsaError.Busy, SensorFault.NoAnswer, "another program")]
    [InlineData(-22, SensorFault.NoAnswer, "bad luck")]
    public void CannotOpen_EachError_NamesTheDeviceAndTheRemedy(int error, SensorFault fault, string remedy)
    {
        var exception = AlsaError.CannotOpen("hw:7", error, "bad luck");

        Assert.Equal(fault, exception.Fault);
        Assert.Contains("hw:7", exception.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8000, 2)]
    [InlineData(48_000, 4)]
    public void Source_UnsupportedFormat_IsRefused(int sampleRate, int channels) =>
        Assert.Throws<ArgumentException>(() => new AlsaSoundSource("hw:1", sampleRate, channels));

    private AlsaSoundSource Source(ScriptedPcm pcm) => new("hw:1", 48_000, 2, _time, (_, _, _) => pcm);
}
