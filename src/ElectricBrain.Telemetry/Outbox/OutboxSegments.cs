namespace ElectricBrain.Telemetry.Outbox;

/// <summary>The segments of the log, oldest first, and what of them is durable. Safe for concurrent callers.</summary>
internal sealed class OutboxSegments
{
    private readonly Lock _gate = new();
    private readonly List<OutboxSegment> _segments;
    private readonly TimeProvider _time;
    private long _durableSequence;

    public OutboxSegments(List<OutboxSegment> segments, long durableSequence, TimeProvider time)
    {
        _segments = segments;
        _durableSequence = durableSequence;
        _time = time;
        segments.ForEach(segment => segment.FinishedAt = time.GetTimestamp());
    }

    /// <summary>The sequence of the last durable record.</summary>
    public long DurableSequence => Volatile.Read(ref _durableSequence);

    /// <summary>Bytes of the segments that are not released.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _segments.Where(static segment => segment.ReleasedAt is null).Sum(static segment => segment.FileLength);
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

    /// <summary>Adds the newest segment, and returns those that it supersedes.</summary>
    public List<OutboxSegment> Add(OutboxSegment newest)
    {
        lock (_gate)
        {
            _segments.ForEach(segment => segment.FinishedAt ??= _time.GetTimestamp());
            return OutboxSegment.Append(_segments, newest);
        }
    }

    /// <summary>Makes what was synchronised readable.</summary>
    public void Publish(List<SegmentWriter> finished, SegmentWriter active, long durableSequence)
    {
        lock (_gate)
        {
            foreach (var writer in finished)
            {
                writer.Segment.End = writer.Position;
            }

            active.Segment.End = active.Position;
            Volatile.Write(ref _durableSequence, durableSequence);
        }
    }

    /// <summary>Releases the segments that hold nothing behind a sequence; false when there is none. The newest stays.</summary>
    public bool Release(long sequence)
    {
        lock (_gate)
        {
            var released = false;
            for (var i = 0; i + 1 < _segments.Count && _segments[i + 1].FirstSequence - 1 <= sequence; i++)
            {
                released |= _segments[i].ReleasedAt is null;
                _segments[i].ReleasedAt ??= _time.GetTimestamp();
            }

            return released;
        }
    }

    /// <summary>Takes out the oldest segment when it was released, and is beyond what is kept of those.</summary>
    public bool TryTakeReleased(OutboxGrace grace, out OutboxSegment oldest) => TryTake(
        () => _segments[0].ReleasedAt is { } at
            && (_time.GetElapsedTime(at) >= grace.Age || _segments.Where(static segment => segment.ReleasedAt is not null).Sum(static segment => segment.FileLength) > grace.Bytes),
        out oldest);

    /// <summary>Takes out the oldest segment, whatever it holds. The newest stays.</summary>
    public bool TryTakeOldest(out OutboxSegment oldest) => TryTake(static () => true, out oldest);

    /// <summary>Takes out the oldest segment when nothing was added to it for longer than an age. The newest stays.</summary>
    public bool TryTakeOlderThan(TimeSpan age, out OutboxSegment oldest) =>
        TryTake(() => _segments[0].FinishedAt is { } at && _time.GetElapsedTime(at) > age, out oldest);

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

    /// <summary>Keeps the file of a segment as it is while it is read; false when the segment is no longer in the log.</summary>
    public bool TryEnter(OutboxSegment segment)
    {
        lock (_gate)
        {
            if (!_segments.Contains(segment))
            {
                return false;
            }

            segment.Readers++;
            return true;
        }
    }

    /// <summary>Ends what <see cref="TryEnter"/> began.</summary>
    public void Leave(OutboxSegment segment)
    {
        lock (_gate)
        {
            segment.Readers--;
        }
    }

    /// <summary>Finds the newest segment of a length that is complete, and neither read nor released: its file would be free if it were compressed.</summary>
    public bool TryFindCompressible(long fileLength, out OutboxSegment segment)
    {
        lock (_gate)
        {
            segment = null!;
            for (var i = _segments.Count - 2; i >= 0 && segment is null; i--)
            {
                // What a commit that fills several segments has put into the first of them is not published until all are durable.
                var candidate = _segments[i];
                var isComplete = _segments[i + 1].FirstSequence <= _durableSequence + 1;
                segment = isComplete && candidate.FileLength == fileLength && !candidate.IsIncompressible && IsUndisturbed(candidate) ? candidate : null!;
            }

            return segment is not null;
        }
    }

    /// <summary>Puts the compressed form of a segment in its place; false when it was released, dropped or entered meanwhile.</summary>
    public bool TryReplace(OutboxSegment segment, OutboxSegment compressed)
    {
        lock (_gate)
        {
            var index = _segments.IndexOf(segment);
            if (index < 0 || !IsUndisturbed(segment))
            {
                return false;
            }

            compressed.FinishedAt = segment.FinishedAt;
            _segments[index] = compressed;
            return true;
        }
    }

    private static bool IsUndisturbed(OutboxSegment segment) => segment is { IsCompressed: false, Readers: 0, ReleasedAt: null };

    private bool TryTake(Func<bool> condition, out OutboxSegment oldest)
    {
        lock (_gate)
        {
            oldest = null!;
            if (_segments.Count < 2 || !condition())
            {
                return false;
            }

            oldest = _segments[0];
            _segments.RemoveAt(0);
            return true;
        }
    }
}
