using ElectricBrain.Sensors.Sound;
using ElectricBrain.Sensors.Sound.Sources;

namespace ElectricBrain.Sensors.Tests.Sound;

/// <summary>A source that does what a test says: sound, a fault or a gap at each step.</summary>
internal sealed class ScriptedSource(params object[] steps) : ISoundSource
{
    /// <summary>Samples are lost.</summary>
    public static readonly object Gap = new();

    private static readonly SoundFormat Mono48 = new(SoundEncoding.S32, 1, 48_000);
    private readonly Queue<object> _steps = new(steps);
    private byte[] _sound = [];
    private int _position;

    public string Name => "scripted source";

    public bool IsSimulated => false;

    public long Gaps { get; private set; }

    public int Openings { get; private set; }

    public bool IsDisposed { get; private set; }

    public ValueTask<SoundFormat> OpenAsync(CancellationToken cancellationToken = default)
    {
        Openings++;
        return _steps.TryPeek(out var step) && step is (string, Exception exception) && _steps.TryDequeue(out _) ? throw exception : ValueTask.FromResult(Mono48);
    }

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (_position == _sound.Length)
        {
            if (!_steps.TryDequeue(out var step))
            {
                return ValueTask.FromResult(0);
            }

            switch (step)
            {
                case Exception exception:
                    throw exception;
                case double[] samples:
                    _sound = Pcm.Encode(samples, Mono48);
                    _position = 0;
                    break;
                default:
                    Gaps++;
                    break;
            }
        }

        var count = Math.Min(buffer.Length, _sound.Length - _position);
        _sound.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return ValueTask.FromResult(count);
    }

    public void Dispose() => IsDisposed = true;

    /// <summary>A fault of the next opening.</summary>
    public static object OpeningFails(Exception exception) => ("opening", exception);
}
