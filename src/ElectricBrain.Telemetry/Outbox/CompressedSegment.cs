using System.IO.Compression;
using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>
/// Shows the contents of a segment that was compressed, as they were. Its file is itself a segment, whose records are blocks of the
/// original, numbered from 1, each compressed on its own: a damaged one reads as zeros and leaves the others in their places.
/// </summary>
internal sealed class CompressedSegment : IOutboxFile
{
    /// <summary>The bytes of the original in a block. Also one that cannot be compressed fits in a frame.</summary>
    public const int BlockBytes = 60 << 10;

    private static readonly byte[] Zeros = new byte[BlockBytes];

    private readonly SegmentScanner _frames;
    private readonly byte[] _block = new byte[BlockBytes];
    private SegmentWalk _walk;
    private long _number;
    private int _length;

    public CompressedSegment(IOutboxFile file, long segmentId)
    {
        _frames = new SegmentScanner(file, BlockId(segmentId), file.Length);
        _walk = new SegmentWalk(_frames, first: 1);
    }

    /// <summary>The id under which blocks are stored: records that stand in a block as they are must not be taken for blocks.</summary>
    public static long BlockId(long segmentId) => ~segmentId;

    public long Length
    {
        get
        {
            while (MoveNext())
            {
            }

            return _number == 0 ? 0 : (_number - 1) * BlockBytes + _length;
        }
    }

    public int Read(Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length && Find((offset + total) / BlockBytes + 1) is var block && !block.IsEmpty)
        {
            var start = (int)((offset + total) % BlockBytes);
            if (start >= block.Length)
            {
                break;
            }

            var count = Math.Min(block.Length - start, buffer.Length - total);
            block.Slice(start, count).CopyTo(buffer[total..]);
            total += count;
        }

        return total;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => throw ReadOnly();

    public void Sync() => throw ReadOnly();

    public void Truncate(long length) => throw ReadOnly();

    public void Dispose() => _frames.Dispose();

    /// <summary>The contents of a block; empty behind the last one.</summary>
    private ReadOnlySpan<byte> Find(long number)
    {
        if (number < _number)
        {
            _walk = new SegmentWalk(_frames, first: 1);
            _number = 0;
        }

        while (_number < number)
        {
            if (!MoveNext())
            {
                return default;
            }
        }

        return _number == number ? _block.AsSpan(0, _length) : Zeros;
    }

    private bool MoveNext()
    {
        if (!_walk.TryNext(out var compressed))
        {
            return false;
        }

        if (!BrotliDecoder.TryDecompress(compressed, _block, out _length))
        {
            _block.AsSpan().Clear();
            _length = BlockBytes;
        }

        _number = _walk.Sequence;
        return true;
    }

    private static InvalidOperationException ReadOnly() => new("A compressed segment is complete; nothing is written to it.");
}
