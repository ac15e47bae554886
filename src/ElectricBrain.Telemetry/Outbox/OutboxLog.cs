using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>
/// The segmented log. One thread commits; any thread looks up segments and releases them. A record that a commit returned for
/// survives a crash and a power loss.
/// </summary>
internal sealed class OutboxLog : IDisposable
{
    public const string LockName = "lock";

    private readonly IOutboxFileSystem _files;
    private readonly SegmentFactory _factory;
    private readonly IDisposable _lock;
    private readonly OutboxGrace _grace;
    private readonly OutboxSession? _session;
    private readonly int _segmentBytes;
    private readonly long _maxBytes;
    private readonly OutboxSegments _segments;
    private readonly List<OutboxSegment> _dropped = [];
    private readonly LogAppender _appender;
    private string? _lastError;

    private OutboxLog(IOutboxFileSystem files, IDisposable @lock, int segmentBytes, long maxBytes, OutboxGrace grace, TimeProvider time, OutboxRecovery recovery, long highestCursor)
    {
        _files = files;
        _lock = @lock;
        _segmentBytes = segmentBytes;
        _maxBytes = maxBytes;
        // A sequence that a cursor has passed must not be given out again, even where the disk lost the records behind it.
        _segments = new OutboxSegments(recovery.Segments, Math.Max(recovery.LastSequence, highestCursor), time);
        _factory = new SegmentFactory(files, new SegmentCompressor(files, _segments, segmentBytes), segmentBytes);
        _appender = new LogAppender(_factory, _segments, recovery.LastSegmentId);
        Damaged = recovery.Damaged;
        Clock = new ClockLedger(files);
        _grace = grace;
        _session = grace.BootId is { } bootId ? new OutboxSession(files, bootId) : null;
    }

    /// <summary>Files that recovery set aside.</summary>
    public IReadOnlyList<string> Damaged { get; }

    /// <summary>Whether the machine went down while the outbox was open, so that what was kept of the delivered records is read again.</summary>
    public bool IsReplaying { get; private set; }

    /// <summary>How held records are dated.</summary>
    public ClockLedger Clock { get; }

    public string Location => _files.Location;

    /// <summary>The last failure of the disk.</summary>
    public string? LastError => _appender.LastError ?? _factory.LastError ?? _lastError;

    /// <summary>The sequence of the last durable record.</summary>
    public long DurableSequence => _segments.DurableSequence;

    /// <summary>Bytes of the segments that are not released.</summary>
    public long Bytes => _segments.Bytes;

    /// <summary>The sequence before the oldest record.</summary>
    public long Start => _segments.Start;

    /// <summary>Whether the segment in use is more than half full, so that the next should be made ready.</summary>
    public bool WantsSpare => _appender.WantsSpare;

    /// <summary>Opens the directory, keeps other processes out, and recovers what it holds.</summary>
    public static OutboxLog Open(
        IOutboxFileSystem files, int segmentBytes, long maxBytes, Action<ReadOnlyMemory<byte>> recovered, TimeProvider? time = null, OutboxGrace? grace = null)
    {
        files.Prepare();
        var held = files.Lock(LockName);
        try
        {
            var recovery = new OutboxRecovery(files, segmentBytes);
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
        var remaining = empty ? 0 : _appender.Remaining;
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
        _dropped.ForEach(_factory.Delete);
        _dropped.Clear();
        try
        {
            _appender.Append(frames);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutboxWriteException(_files.Location, e);
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
            _factory.Retire(oldest);
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
            _factory.Delete(oldest);
        }
    }

    /// <inheritdoc cref="OutboxSegments.WouldRelease"/>
    public bool WouldRelease(long from, long to) => _segments.WouldRelease(from, to);

    /// <inheritdoc cref="OutboxSegments.TryEnter"/>
    public bool TryEnter(OutboxSegment segment) => _segments.TryEnter(segment);

    /// <inheritdoc cref="OutboxSegments.Leave"/>
    public void Leave(OutboxSegment segment) => _segments.Leave(segment);

    /// <inheritdoc cref="OutboxSegments.TryLocate"/>
    public bool TryLocate(long sequence, out OutboxSegment segment, out long end, out long lastSequence) =>
        _segments.TryLocate(sequence, out segment, out end, out lastSequence);

    /// <summary>Closes the log, and marks it as closed.</summary>
    public void Dispose()
    {
        try
        {
            _factory.Close();
            _appender.Dispose();
            _session?.End();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A mark that is missing costs a replay.
            _lastError = e.Message;
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
            OutboxCursor.Rewind(_files, Start);
        }

        _session.Begin();
    }
}
