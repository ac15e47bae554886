using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Benchmarks.Telemetry.Fleet;

/// <summary>A file in memory that takes no room for the zeros behind its last other byte.</summary>
internal sealed class MemoryFile : IOutboxFile
{
    private readonly Lock _gate = new();
    private byte[] _bytes = [];

    public long Length { get; private set; }

    public int Read(Span<byte> buffer, long offset)
    {
        lock (_gate)
        {
            var count = (int)Math.Clamp(Length - offset, 0, buffer.Length);
            buffer = buffer[..count];
            buffer.Clear();
            if (offset < _bytes.Length)
            {
                var kept = _bytes.AsSpan((int)offset);
                kept[..Math.Min(kept.Length, count)].CopyTo(buffer);
            }

            return count;
        }
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        lock (_gate)
        {
            var end = (int)offset + bytes.Length;
            Length = Math.Max(Length, end);
            if (end > _bytes.Length && bytes.ContainsAnyExcept((byte)0))
            {
                Array.Resize(ref _bytes, Math.Max(end, 2 * _bytes.Length));
            }

            if (offset < _bytes.Length)
            {
                bytes[..Math.Min(bytes.Length, _bytes.Length - (int)offset)].CopyTo(_bytes.AsSpan((int)offset));
            }
        }
    }

    public void Sync()
    {
    }

    public void Truncate(long length)
    {
        lock (_gate)
        {
            Length = length;
            _bytes = length < _bytes.Length ? _bytes[..(int)length] : _bytes;
        }
    }

    public void Dispose()
    {
    }
}
