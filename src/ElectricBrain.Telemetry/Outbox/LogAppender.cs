using System.Buffers.Binary;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>
/// Writes records behind the end of the log. After a failed sync the kernel may call the same pages clean: neither the file nor a
/// second sync of it is trusted, and the records are written once more, into a new file.
/// </summary>
internal sealed class LogAppender(SegmentFactory factory, OutboxSegments segments, long lastSegmentId) : IDisposable
{
    private SegmentWriter? _active;
    private long _lastSegmentId = lastSegmentId;
    private long _nextSequence = segments.DurableSequence + 1;

    /// <summary>Bytes that the segment in use has left; 0 where there is none.</summary>
    public long Remaining => _active?.Remaining ?? 0;

    /// <summary>Whether the segment in use is more than half full, so that the next should be made ready.</summary>
    public bool WantsSpare => _active is { } active && active.Remaining < active.Segment.FileLength / 2;

    /// <summary>The last failure of a write.</summary>
    public string? LastError { get; private set; }

    /// <summary>Makes a chain of frames durable, of which only the lengths are filled in: all of them, or the call fails and none counts.</summary>
    /// <exception cref="IOException">The disk failed twice, in two files.</exception>
    public void Append(Span<byte> frames)
    {
        try
        {
            Write(frames);
        }
        catch (Exception first) when (first is IOException or UnauthorizedAccessException)
        {
            Abandon(first);
            try
            {
                Write(frames);
            }
            catch (Exception second) when (second is IOException or UnauthorizedAccessException)
            {
                Abandon(second);
                throw;
            }
        }
    }

    public void Dispose() => _active?.Dispose();

    private void Write(Span<byte> frames)
    {
        var sequence = _nextSequence;
        var finished = new List<SegmentWriter>();
        try
        {
            while (true)
            {
                _active ??= Roll(sequence);
                var length = Stamp(frames, _active, ref sequence);
                _active.Append(frames[..length]);
                _active.Sync();
                frames = frames[length..];
                if (frames.IsEmpty)
                {
                    break;
                }

                finished.Add(_active);
                _active = null;
            }

            segments.Publish(finished, _active, sequence - 1);
            _nextSequence = sequence;
        }
        finally
        {
            finished.ForEach(static writer => writer.Dispose());
        }
    }

    /// <summary>Fills in the headers of as many frames as the segment takes, and returns their length.</summary>
    private static int Stamp(Span<byte> frames, SegmentWriter writer, ref long sequence)
    {
        var length = 0;
        while (length < frames.Length)
        {
            var size = RecordFrame.HeaderLength + BinaryPrimitives.ReadInt32LittleEndian(frames[length..]);
            if (length + size > writer.Remaining)
            {
                break;
            }

            RecordFrame.WriteHeader(frames.Slice(length, size), writer.Segment.Id, sequence++);
            length += size;
        }

        return length;
    }

    private SegmentWriter Roll(long firstSequence)
    {
        var writer = factory.Create(++_lastSegmentId, firstSequence);
        segments.Add(writer.Segment).ForEach(factory.Delete);
        return writer;
    }

    private void Abandon(Exception error)
    {
        LastError = error.Message;
        _active?.Dispose();
        _active = null;
    }
}
