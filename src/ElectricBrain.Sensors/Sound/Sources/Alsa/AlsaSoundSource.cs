using System.Runtime.CompilerServices;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Sound.Sources.Alsa;

/// <summary>
/// A microphone captured through ALSA (libasound.so.2). Waits on a timer, not in a thread; overruns are recovered from and counted
/// as gaps.
/// </summary>
public sealed class AlsaSoundSource : ISoundSource
{
    /// <summary>The microphone of an Enviro hat, as the overlay adau7002-simple names it.</summary>
    public const string EnviroDevice = "hw:CARD=adau7002,DEV=0";

    // A tenth of what libasound keeps for us.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(2);

    private readonly string _device;
    private readonly int _sampleRate;
    private readonly int _channels;
    private readonly TimeProvider _timeProvider;
    private readonly Func<string, int, int, IAlsaPcm> _open;
    private IAlsaPcm? _pcm;
    private PeriodicTimer? _ticks;
    private SoundFormat _format;
    private long _lastFrameAt;
    private long _gaps;

    /// <summary>Names the device; it is opened by <see cref="OpenAsync"/>.</summary>
    /// <param name="device">ALSA's name of the device: <c>arecord -L</c> lists them.</param>
    /// <param name="sampleRate">Frames a second.</param>
    /// <param name="channels">Channels, 1 or 2.</param>
    /// <param name="timeProvider">The clock of the waits.</param>
    /// <exception cref="ArgumentException">Levels cannot be measured at the rate or with the channels.</exception>
    public AlsaSoundSource(string device = EnviroDevice, int sampleRate = 48_000, int channels = 2, TimeProvider? timeProvider = null)
        : this(device, sampleRate, channels, timeProvider, AlsaPcm.Open)
    {
    }

    internal AlsaSoundSource(string device, int sampleRate, int channels, TimeProvider? timeProvider, Func<string, int, int, IAlsaPcm> open)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(device);
        new SoundFormat(SoundEncoding.S32, channels, sampleRate).Validate();
        _device = device;
        _sampleRate = sampleRate;
        _channels = channels;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _open = open;
    }

    /// <inheritdoc/>
    public string Name => $"ALSA device {_device}";

    /// <inheritdoc/>
    public bool IsSimulated => false;

    /// <inheritdoc/>
    public long Gaps => _gaps;

    /// <summary>Opens the device in the most precise format that it has; ALSA converts where it has none of the rate or channels.</summary>
    /// <exception cref="SensorException">libasound or the device is missing, forbidden, in use, or gives no such sound.</exception>
    public ValueTask<SoundFormat> OpenAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Dispose();
        _pcm = _open(_device, _sampleRate, _channels);
        _ticks = new PeriodicTimer(Tick, _timeProvider);
        _format = new SoundFormat(_pcm.Encoding, _channels, _sampleRate);
        _lastFrameAt = _timeProvider.GetTimestamp();
        return ValueTask.FromResult(_format);
    }

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var frames = Read(buffer.Span);
        return frames > 0 ? ValueTask.FromResult(frames * _format.BytesPerFrame) : WaitAsync(buffer, cancellationToken);
    }

    /// <summary>Closes the device.</summary>
    public void Dispose()
    {
        _ticks?.Dispose();
        _ticks = null;
        _pcm?.Dispose();
        _pcm = null;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> WaitAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (_ticks is { } ticks)
        {
            await ticks.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
            var frames = Read(buffer.Span);
            if (frames > 0)
            {
                return frames * _format.BytesPerFrame;
            }
        }

        throw new ObjectDisposedException(Name);
    }

    /// <summary>The frames that are there, or none.</summary>
    private int Read(Span<byte> buffer)
    {
        var pcm = _pcm ?? throw new InvalidOperationException($"{Name} is not open. Call {nameof(OpenAsync)} first.");
        var frames = pcm.Read(buffer, buffer.Length / _format.BytesPerFrame);
        switch (frames)
        {
            case > 0:
                _lastFrameAt = _timeProvider.GetTimestamp();
                return frames;
            case 0 or AlsaError.Again or AlsaError.Interrupted:
                ThrowIfSilent();
                return 0;
            default:
                Recover(pcm, frames);
                return 0;
        }
    }

    private void Recover(IAlsaPcm pcm, int error)
    {
        var result = AlsaError.IsRecoverable(error) ? pcm.Recover(error) : error;
        if (result < 0)
        {
            throw Close(SensorFault.NoAnswer, $"{Name} stopped: {pcm.Describe(result)}. If it was unplugged, plug it in again; 'arecord -l' lists what is there.");
        }

        _gaps++;
        SensorMetrics.SoundGaps.Add(1);
    }

    private void ThrowIfSilent()
    {
        if (_timeProvider.GetElapsedTime(_lastFrameAt) > LongestSilence)
        {
            throw Close(SensorFault.Stuck, $"{Name} delivers no samples. It is opened again; if it stays so, check the overlay and the seat of the hat.");
        }
    }

    private SensorException Close(SensorFault fault, string message)
    {
        Dispose();
        return new SensorException(fault, message);
    }
}
