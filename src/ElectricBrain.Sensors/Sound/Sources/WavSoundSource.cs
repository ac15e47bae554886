using System.Runtime.CompilerServices;

namespace ElectricBrain.Sensors.Sound.Sources;

/// <summary>
/// A WAV file (PCM of 16, 24 or 32 bits, one or two channels), read as fast as it is asked for: for tests, and to calibrate with a
/// recording of a calibrator.
/// </summary>
public sealed class WavSoundSource : ISoundSource
{
    private readonly string _path;
    private FileStream? _stream;
    private int _bytesPerFrame;
    private long _left;

    /// <summary>Names the file; it is opened by <see cref="OpenAsync"/>.</summary>
    public WavSoundSource(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
    }

    /// <inheritdoc/>
    public string Name => _path;

    /// <inheritdoc/>
    public bool IsSimulated => false;

    /// <inheritdoc/>
    public long Gaps => 0;

    /// <summary>Opens the file at its start.</summary>
    /// <exception cref="InvalidDataException">The file is no WAV file, or one whose samples cannot be used.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async ValueTask<SoundFormat> OpenAsync(CancellationToken cancellationToken = default)
    {
        Dispose();
        var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, useAsync: true);
        try
        {
            var header = await WavHeader.ReadAsync(stream, _path, cancellationToken).ConfigureAwait(false);
            _stream = stream;
            _bytesPerFrame = header.Format.BytesPerFrame;
            _left = header.DataLength ?? long.MaxValue;
            return header.Format;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reads the next frames. What is left of a frame at the end of a cut-off file is not given.</summary>
    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var stream = _stream ?? throw new InvalidOperationException($"{Name} is not open. Call {nameof(OpenAsync)} first.");
        var wanted = (int)Math.Min(_left, buffer.Length) / _bytesPerFrame * _bytesPerFrame;
        var read = await stream.ReadAtLeastAsync(buffer[..wanted], wanted, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        _left -= read;
        return read / _bytesPerFrame * _bytesPerFrame;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
    }
}
