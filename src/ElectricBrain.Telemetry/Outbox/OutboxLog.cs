using System.Buffers.Binary;
using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>
/// The segmented log. One thread commits; any thread looks up segments and releases them. A record that a commit returned for
/// survives a crash and a power loss.
/// </summary>
internal sealed class OutboxLog : IDisposable
{
    private readonly IOutboxFileSystem _files;
    private readonly SegmentFactory _factory;
    private readonly IDisposable _lock;
    private readonly int _segmentBytes;
    private readonly long _maxBytes;
    private readonly Lock _gate = new();
    private readonly List<OutboxSegment> _segments;
    private SegmentWriter? _active;
    private long _lastSegmentId;
    private long _nextSequence;
    private long _durableSequence;

    private OutboxLog(IOutboxFileSystem files, IDisposable @lock, int segmentBytes, long maxBytes, OutboxRecovery recovery, long highestCursor)
    {
        _files = files;
        _lock = @lock;
        _segmentBytes = segmentBytes;
        _maxBytes = maxBytes;
        _factory = new SegmentFactory(files, segmentBytes);
        _segments = recovery.Segments;
        _lastSegmentId = recovery.LastSegmentId;

        // A sequence that a cursor has passed must not be given out again, even where the disk lost the records behind it.
        _durableSequence = Math.Max(recovery.LastSequence, highestCursor);
        _nextSequence = _durableSequence + 1;
        Damaged = recovery.Damaged;
    }

    /// <summary>Files that recovery set aside.</summary>
    public IReadOnlyList<string> Damaged { get; }

    public string Location => _files.Location;

    /// <summary>The last failure of the disk.</summary>
    public string? LastError { get; private set; }

    /// <summary>The sequence of the last durable record.</summary>
    public long DurableSequence => Volatile.Read(ref _durableSequence);

    /// <summary>Bytes of all segments.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _segments.Sum(static segment => segment.FileLength);
            }
        }
    }

    /// <summary>The sequence before the oldest record.</summary>
    public long Start
    {
        get
        {
            lock (_gate)
            {
                return _segments.Count > 0 ? _segments[0].FirstSequence - 1 : _durableSequence;
            }
        }
    }

    /// <summary>Whether the segment in use is more than half full, so that the next should be made ready.</summary>
    public bool WantsSpare => _active is { } active && active.Remaining < _segmentBytes / 2;

    /// <summary>Opens the directory, keeps other processes out, and recovers what it holds.</summary>
    public static OutboxLog Open(IOutboxFileSystem files, int segmentBytes, long maxBytes, Action<ReadOnlyMemory<byte>> recovered)
    {
        files.Prepare();
        var held = files.Lock("lock");
        try
        {
            var recovery = new OutboxRecovery(files);
            recovery.Run(recovered);
            return new OutboxLog(files, held, segmentBytes, maxBytes, recovery, OutboxCursor.Highest(files));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public OutboxCursor OpenCursor(string sink) => OutboxCursor.Open(_files, sink);

    public OutboxReader OpenReader(long position) => new(this, _files, position);

    /// <summary>Makes a spare segment ready; any thread.</summary>
    public void Prepare() => _factory.Prepare();

    /// <summary>Whether frames of a total length fit beside what the outbox holds; <paramref name="empty"/> asks for an empty one.</summary>
    public bool HasRoomFor(int length, bool empty = false)
    {
        var remaining = empty ? 0 : _active?.Remaining ?? 0;
        var usable = _segmentBytes - SegmentHeader.Length - RecordFrame.HeaderLength - RecordFrame.MaximumPayload;
        var missing = Math.Max(0, length - remaining);
        return missing == 0 || (empty ? 0 : Bytes) + (missing + usable - 1) / usable * _segmentBytes <= _maxBytes;
    }

    /// <summary>
    /// Makes records durable: a chain of frames of which only the lengths are filled in. Either all of them become durable or the
    /// call fails and none of them counts.
    /// </summary>
    /// <exception cref="OutboxWriteException">The disk failed twice, in two files.</exception>
    public void Commit(Span<byte> frames)
    {
        try
        {
            Write(frames);
        }
        catch (Exception first) when (first is IOException or UnauthorizedAccessException)
        {
            // After a failed sync the kernel may call the same pages clean: neither the file nor a second sync of it can be trusted.
            Abandon(first);
            try
            {
                Write(frames);
            }
            catch (Exception second) when (second is IOException or UnauthorizedAccessException)
            {
                Abandon(second);
                throw new OutboxWriteException(_files.Location, second);
            }
        }
    }

    /// <summary>Deletes the segments that hold nothing behind a sequence. The newest stays.</summary>
    public bool Release(long sequence)
    {
        var released = false;
        while (true)
        {
            OutboxSegment oldest;
            lock (_gate)
            {
                if (_segments.Count < 2 || _segments[1].FirstSequence - 1 > sequence)
                {
                    return released;
                }

                oldest = _segments[0];
                _segments.RemoveAt(0);
            }

            released = true;
            Delete(oldest);
        }
    }

    /// <summary>Whether moving a position from one sequence to another passes the end of the oldest segments.</summary>
    public bool WouldRelease(long from, long to)
    {
        lock (_gate)
        {
            return _segments.Exists(segment => segment.FirstSequence > from + 1 && segment.FirstSequence <= to + 1);
        }
    }

    /// <summary>Finds the segment that holds a sequence, or else the first one behind it.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="end">The end of its durable bytes.</param>
    /// <param name="lastSequence">The last sequence that belongs to it.</param>
    public bool TryLocate(long sequence, out OutboxSegment segment, out long end, out long lastSequence)
    {
        lock (_gate)
        {
            segment = null!;
            end = lastSequence = 0;
            if (_segments.Count == 0)
            {
                return false;
            }

            var index = Math.Max(0, _segments.FindLastIndex(candidate => candidate.FirstSequence <= sequence));
            segment = _segments[index];
            end = segment.End;
            lastSequence = index + 1 < _segments.Count ? Math.Min(_segments[index + 1].FirstSequence - 1, _durableSequence) : _durableSequence;
            return true;
        }
    }

    public void Dispose()
    {
        _active?.Dispose();
        _lock.Dispose();
    }

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

            Publish(finished, _active, sequence);
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
        var writer = _factory.Create(++_lastSegmentId, firstSequence);
        List<OutboxSegment> superseded;
        lock (_gate)
        {
            superseded = OutboxSegment.Append(_segments, writer.Segment);
        }

        superseded.ForEach(Delete);
        return writer;
    }

    private void Publish(List<SegmentWriter> finished, SegmentWriter active, long nextSequence)
    {
        lock (_gate)
        {
            foreach (var writer in finished)
            {
                writer.Segment.End = writer.Position;
            }

            active.Segment.End = active.Position;
            Volatile.Write(ref _durableSequence, nextSequence - 1);
        }

        _nextSequence = nextSequence;
    }

    private void Delete(OutboxSegment segment)
    {
        try
        {
            _files.Delete(segment.FileName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start finds the file again and sees that it is not needed.
            LastError = e.Message;
        }
    }

    private void Abandon(Exception error)
    {
        LastError = error.Message;
        _active?.Dispose();
        _active = null;
    }
}
