using System.Buffers;
using System.Buffers.Binary;
using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>Reads frames of one segment through a window, and finds the next intact frame behind damage.</summary>
internal sealed class SegmentScanner(IOutboxFile file, long segmentId, long end) : IDisposable
{
    private const int WindowBytes = 256 << 10; // several of the largest frames

    private byte[] _window = ArrayPool<byte>.Shared.Rent(WindowBytes);
    private long _windowStart;
    private int _windowLength;

    public long SegmentId => segmentId;

    /// <summary>Where reading stops, unless the file ends before. It moves on while the segment is written.</summary>
    public long End { get; set; } = end;

    /// <summary>Reads the frame at an offset; the payload is valid until the next read.</summary>
    public bool TryRead(long offset, out long sequence, out ReadOnlySpan<byte> payload, out long next)
    {
        payload = default;
        sequence = 0;
        next = 0;
        var header = At(offset, RecordFrame.HeaderLength);
        if (header.Length < RecordFrame.HeaderLength || !RecordFrame.TryReadHeader(header, out var length, out sequence))
        {
            return false;
        }

        var frame = At(offset, RecordFrame.HeaderLength + length);
        if (frame.Length < RecordFrame.HeaderLength + length || !RecordFrame.IsIntact(frame, segmentId, sequence))
        {
            return false;
        }

        payload = frame[RecordFrame.HeaderLength..];
        next = offset + frame.Length;
        return true;
    }

    /// <summary>Finds the first intact frame behind an offset whose sequence lies in a range; -1 when there is none.</summary>
    public long FindNext(long offset, long minimumSequence, long maximumSequence)
    {
        for (offset++; offset + RecordFrame.HeaderLength < End; offset++)
        {
            var header = At(offset, RecordFrame.HeaderLength);
            if (header.Length < RecordFrame.HeaderLength)
            {
                break;
            }

            if (BinaryPrimitives.ReadInt32LittleEndian(header) == 0)
            {
                offset = SkipZeros(offset) - 1;
                continue;
            }

            // The cheap test of length and sequence comes first: the checksum is worked out for few offsets.
            if (RecordFrame.TryReadHeader(header, out _, out var sequence) && sequence >= minimumSequence && sequence <= maximumSequence
                && TryRead(offset, out _, out _, out _))
            {
                return offset;
            }
        }

        return -1;
    }

    public void Dispose()
    {
        file.Dispose();
        var window = Interlocked.Exchange(ref _window, []);
        if (window.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(window);
        }
    }

    /// <summary>The first offset at which a frame can start, at or behind an offset where four zeros stand.</summary>
    private long SkipZeros(long offset)
    {
        while (offset < End)
        {
            var rest = At(offset, (int)Math.Min(WindowBytes, End - offset));
            var used = rest.IndexOfAnyExcept((byte)0);
            if (used >= 0)
            {
                // A length below 2^24 has zeros only behind its first bytes, and is not zero: a frame starts at most 3 before.
                return Math.Max(offset + 1, offset + used - 3);
            }

            if (rest.IsEmpty)
            {
                break;
            }

            offset += rest.Length;
        }

        return End;
    }

    private ReadOnlySpan<byte> At(long offset, int length)
    {
        length = (int)Math.Min(length, End - offset);
        if (length <= 0)
        {
            return default;
        }

        if (offset < _windowStart || offset + length > _windowStart + _windowLength)
        {
            _windowStart = offset;
            _windowLength = file.Read(_window.AsSpan(0, (int)Math.Min(WindowBytes, End - offset)), offset);
        }

        var start = (int)(offset - _windowStart);
        return _window.AsSpan(start, Math.Min(length, _windowLength - start));
    }
}
