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
    private readonly OutboxGrace _grace;
    private readonly OutboxSession? _session;
    private readonly int _segmentBytes;
    private readonly long _maxBytes;
    private readonly OutboxSegments _segments;
    private readonly List<OutboxSegment> _dropped = [];
    private SegmentWriter? _active;
    private long _lastSegmentId;
    private long _nextSequence;

    private OutboxLog(IOutboxFileSystem files, IDisposable @lock, int segmentBytes, long maxBytes, OutboxGrace grace, TimeProvider time, OutboxRecovery recovery, long highestCursor)
    {
        _files = files;
        _lock = @lock;
        _segmentBytes = segmentBytes;
        _maxBytes = maxBytes;
        _factory = new SegmentFactory(files, segmentBytes);
        _lastSegmentId = recovery.LastSegmentId;

        // A sequence that a cursor has passed must not be given out again, even where the disk lost the records behind it.
        _segments = new OutboxSegments(recovery.Segments, Math.Max(recovery.LastSequence, highestCursor), time);
        _nextSequence = _segments.DurableSequence + 1;
        Damaged = recovery.Damaged;
        _grace = grace;
        _session = grace.BootId is { } bootId ? new OutboxSession(files, bootId) : null;
    }

    /// <summary>Files that recovery set aside.</summary>
    public IReadOnlyList<string> Damaged { get; }

    /// <summary>Whether the machine went down while the outbox was open, so that what was kept of the delivered records is read again.</summary>
    public bool IsReplaying { get; private set; }

    public string Location => _files.Location;

    /// <summary>The last failure of the disk.</summary>
    public string? LastError { get; private set; }

    /// <summary>The sequence of the last durable record.</summary>
    public long DurableSequence => _segments.DurableSequence;

    /// <summary>Bytes of the segments that are not released.</summary>
    public long Bytes => _segments.Bytes;

    /// <summary>The sequence before the oldest record.</summary>
    public long Start => _segments.Start;

    /// <summary>Whether the segment in use is more than half full, so that the next should be made ready.</summary>
    public bool WantsSpare => _active is { } active && active.Remaining < _segmentBytes / 2;

    /// <summary>Opens the directory, keeps other processes out, and recovers what it holds.</summary>
    public static OutboxLog Open(
        IOutboxFileSystem files, int segmentBytes, long maxBytes, Action<ReadOnlyMemory<byte>> recovered, TimeProvider? time = null, OutboxGrace? grace = null)
    {
        files.Prepare();
        var held = files.Lock("lock");
        try
        {
            var recovery = new OutboxRecovery(files);
            recovery.Run(recovered);
            var log = new OutboxLog(files, held, segmentBytes, maxBytes, grace ?? OutboxGrace.None, time ?? TimeProvider.System, recovery, OutboxCursor.Highest(files));
            log.BeginSession();
            return log;
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
        _dropped.ForEach(Delete);
        _dropped.Clear();
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

    /// <summary>
    /// Frees the room of the segments that hold nothing behind a sequence, and deletes those that are beyond what is kept after delivery.
    /// The newest stays.
    /// </summary>
    public bool Release(long sequence)
    {
        var released = _segments.Release(sequence);
        while (_segments.TryTakeReleased(_grace, out var oldest))
        {
            Reuse(oldest);
        }

        return released;
    }

    /// <summary>
    /// Takes the oldest segment out of the log, whoever still needs it; false when there is none but the newest. The file goes with the
    /// next commit, so that the caller does not wait for the disk.
    /// </summary>
    public bool DropOldest()
    {
        while (_segments.TryTakeOldest(out var oldest))
        {
            _dropped.Add(oldest);
            if (oldest.ReleasedAt is null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Deletes the segments that were finished longer ago than an age, whoever still needs them. The newest stays.</summary>
    public void DropOlderThan(TimeSpan age)
    {
        while (_segments.TryTakeOlderThan(age, out var oldest))
        {
            Delete(oldest);
        }
    }

    /// <inheritdoc cref="OutboxSegments.WouldRelease"/>
    public bool WouldRelease(long from, long to) => _segments.WouldRelease(from, to);

    /// <inheritdoc cref="OutboxSegments.TryLocate"/>
    public bool TryLocate(long sequence, out OutboxSegment segment, out long end, out long lastSequence) =>
        _segments.TryLocate(sequence, out segment, out end, out lastSequence);

    /// <summary>Closes the log, and marks it as closed.</summary>
    public void Dispose()
    {
        try
        {
            _active?.Dispose();
            _session?.End();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A mark that is missing costs a replay.
            LastError = e.Message;
        }
        finally
        {
            _lock.Dispose();
        }
    }

    private void BeginSession()
    {
        if (_session is null)
        {
            return;
        }

        IsReplaying = _session.EndedWithTheMachine();
        if (IsReplaying)
        {
            // Before the mark: should the power fail in between, the next start does it again.
            OutboxCursor.RewindAll(_files, Start);
        }

        _session.Begin();
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

            _segments.Publish(finished, _active, sequence - 1);
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
        var writer = _factory.Create(++_lastSegmentId, firstSequence);
        _segments.Add(writer.Segment).ForEach(Delete);
        return writer;
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

    private void Reuse(OutboxSegment segment)
    {
        if (!_factory.TryReuse(segment))
        {
            Delete(segment);
        }
    }

    private void Abandon(Exception error)
    {
        LastError = error.Message;
        _active?.Dispose();
        _active = null;
    }
}
