using System.IO.Compression;
using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>
/// Compresses segments of a backlog, so that their files can be used again. Lines of telemetry shrink to about a tenth: writing that
/// much wears a disk less than filling a new file with zeros does, and the outbox holds more.
/// </summary>
internal sealed class SegmentCompressor(IOutboxFileSystem files, OutboxSegments segments, int segmentBytes)
{
    private const string Name = "compressed.tmp";
    private const int Quality = 1; // the next one takes twice as long for little
    private const int WindowBits = 16; // a block's length

    /// <summary>Compresses a segment and gives its file another name; false when there is none, or none that it pays for.</summary>
    public bool TryFreeFile(string freedName)
    {
        while (segments.TryFindCompressible(segmentBytes, out var segment))
        {
            if (TryCompress(segment) is not { } compressed)
            {
                segment.IsIncompressible = true;
                continue;
            }

            if (!segments.TryReplace(segment, compressed))
            {
                files.DeleteIfThere(compressed.FileName);
                continue;
            }

            // Should it come back under its old name after a power loss, it is superseded, whatever was written to it since.
            files.Rename(segment.FileName, freedName);
            return true;
        }

        return false;
    }

    /// <summary>Makes the compressed form durable beside the segment; null when that fails or does not pay. A start that finds both takes the compressed one.</summary>
    private OutboxSegment? TryCompress(OutboxSegment segment)
    {
        var compressed = SegmentHeader.FileName(segment.Id, isCompressed: true);
        try
        {
            files.DeleteIfThere(Name);
            if (Compress(segment) is { } length)
            {
                files.Rename(Name, compressed);
                files.SyncDirectory();
                return new OutboxSegment(segment.Id, segment.FirstSequence, length, isCompressed: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not to be read, or no room. It stays as it is, and a disk that fails is met again by who needs the file.
        }

        files.DeleteIfThere(Name);
        files.DeleteIfThere(compressed);
        return null;
    }

    private long? Compress(OutboxSegment segment)
    {
        using var source = files.Open(segment.FileName, create: false);
        using var target = files.Open(Name, create: true);
        if (!TryCopy(segment, source, target))
        {
            return null;
        }

        target.Sync();
        return target.Length;
    }

    /// <summary>Writes header and blocks; false, with some of them written, as soon as they take more than half of the original.</summary>
    private static bool TryCopy(OutboxSegment segment, IOutboxFile source, IOutboxFile target)
    {
        Span<byte> header = stackalloc byte[SegmentHeader.Length];
        SegmentHeader.Write(header, segment.Id, segment.FirstSequence);
        target.Write(header, 0);
        var block = new byte[CompressedSegment.BlockBytes];
        var frame = new byte[RecordFrame.HeaderLength + RecordFrame.MaximumPayload];
        long position = SegmentHeader.Length, read = 0;
        for (var number = 1; read < segment.End; number++)
        {
            var length = source.Read(block.AsSpan(0, (int)Math.Min(block.Length, segment.End - read)), read);
            if (length == 0 || !BrotliEncoder.TryCompress(block.AsSpan(0, length), frame.AsSpan(RecordFrame.HeaderLength), out var written, Quality, WindowBits)
                || position + written > CompressedSegment.BlockBytes + read / 2)
            {
                return false;
            }

            var bytes = frame.AsSpan(0, RecordFrame.HeaderLength + written);
            RecordFrame.WriteHeader(bytes, CompressedSegment.BlockId(segment.Id), number);
            target.Write(bytes, position);
            position += bytes.Length;
            read += length;
        }

        return true;
    }
}
