using System.Buffers.Binary;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Sensors.Sound.Levels;

namespace ElectricBrain.Sensors.Sound.Sources;

/// <summary>
/// The microphone of an Enviro hat, simulated sample by sample in real time: the noise of a room at the level that the scene gives,
/// on the left channel, with the offset and the plop at the start that such a microphone has. The same seed makes the same noise.
/// </summary>
public sealed class SimulatedSoundSource : ISoundSource
{
    private const double Offset = -0.004;
    private const double PlopSeconds = 0.03;

    private static readonly TimeSpan Chunk = TimeSpan.FromMilliseconds(50);
    private static readonly SoundFormat Format = SoundFormat.Enviro;

    // As much as a driver keeps: what is not read in time is lost.
    private static readonly int BufferedFrames = Format.SampleRate / 2;

    private readonly EnviroScene _scene;
    private readonly TimeProvider _timeProvider;
    private readonly RoomNoise _noise;
    private readonly double _fullScaleLevel = new Microphone().FullScaleLevel;
    private DateTimeOffset _openedAt;
    private long _timestamp;
    private long _position;
    private long _gaps;
    private bool _isOpen;

    /// <summary>Creates the microphone, connected.</summary>
    /// <param name="scene">What it hears; by default a <see cref="DayCycleScene"/>.</param>
    /// <param name="timeProvider">The clock of the scene and of the samples.</param>
    /// <param name="seed">The seed of the noise.</param>
    public SimulatedSoundSource(EnviroScene? scene = null, TimeProvider? timeProvider = null, int seed = 0)
    {
        _scene = scene ?? new DayCycleScene();
        _timeProvider = timeProvider ?? TimeProvider.System;
        _noise = new RoomNoise(seed, Format.SampleRate);
    }

    /// <inheritdoc/>
    public string Name => "simulated microphone";

    /// <inheritdoc/>
    public bool IsSimulated => true;

    /// <inheritdoc/>
    public long Gaps => _gaps;

    /// <summary>Whether the microphone is plugged in.</summary>
    public bool IsConnected { get; set; } = true;

    /// <summary>Whether it delivers only zeros.</summary>
    public bool IsMuted { get; set; }

    /// <summary>Loses samples, as when they are not read in time.</summary>
    public void LoseSamples() => _gaps++;

    /// <inheritdoc/>
    public ValueTask<SoundFormat> OpenAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!IsConnected)
        {
            throw new SensorException(SensorFault.BusMissing, $"The {Name} is not plugged in. Set {nameof(IsConnected)}.");
        }

        _openedAt = _timeProvider.GetLocalNow();
        _timestamp = _timeProvider.GetTimestamp();
        _position = 0;
        _isOpen = true;
        return ValueTask.FromResult(Format);
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_isOpen)
        {
            throw new InvalidOperationException($"The {Name} is not open. Call {nameof(OpenAsync)} first.");
        }

        while (true)
        {
            ThrowIfUnplugged();
            var due = (long)(_timeProvider.GetElapsedTime(_timestamp).TotalSeconds * Format.SampleRate);
            if (due - _position > BufferedFrames)
            {
                _position = due;
                _gaps++;
            }

            var count = (int)Math.Min(due - _position, buffer.Length / Format.BytesPerFrame);
            if (count > 0)
            {
                Fill(buffer.Span[..(count * Format.BytesPerFrame)]);
                return count * Format.BytesPerFrame;
            }

            await Task.Delay(Chunk, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops the microphone; it can be opened again.</summary>
    public void Dispose() => _isOpen = false;

    private void ThrowIfUnplugged()
    {
        if (!IsConnected)
        {
            _isOpen = false;
            throw new SensorException(SensorFault.NoAnswer, $"The {Name} was unplugged. Set {nameof(IsConnected)}.");
        }
    }

    private void Fill(Span<byte> frames)
    {
        frames.Clear();
        var level = _scene.At(_openedAt + TimeSpan.FromSeconds(_position / (double)Format.SampleRate)).SoundLevelDecibels;
        // A-weighted effective value, full scale.
        var effective = Math.Pow(10, (level - _fullScaleLevel) / 20);
        for (; !frames.IsEmpty; frames = frames[Format.BytesPerFrame..])
        {
            var plop = Math.Exp(-_position++ / (PlopSeconds * Format.SampleRate));
            var sample = effective * _noise.Next() + Offset * (1 - plop) + 0.5 * plop;
            var value = IsMuted ? 0 : (int)(Math.Clamp(sample, -1, 1) * int.MaxValue);
            BinaryPrimitives.WriteInt32LittleEndian(frames, value);
        }
    }
}
