using System.Diagnostics.CodeAnalysis;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>
/// Gathers the writes of all callers and commits them together, on a thread of its own: a sync of an SD card can take seconds, and
/// must hold up neither the callers' threads nor the thread pool.
/// </summary>
internal sealed class OutboxWriter
{
    private const int MaximumGroupBytes = 1 << 20;

    private readonly OutboxLog _log;
    private readonly Action _committed;
    private readonly OutboxFullPolicy _policy;
    private readonly TimeSpan? _maxAge;
    private readonly object _gate = new(); // a Monitor, since the thread waits on it
    private readonly Queue<PendingWrite> _queue = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _group = new byte[64 << 10];
    private bool _stopping;
    private long _written;
    private long _blocked;
    private long _dropped;
    private int _preparing;

    /// <param name="log">The log, written by this object only.</param>
    /// <param name="committed">Called after each commit, on the writer's thread.</param>
    /// <param name="policy">What to do when the log is full.</param>
    /// <param name="maxAge">How old an undelivered segment may become; null for any age.</param>
    public OutboxWriter(OutboxLog log, Action committed, OutboxFullPolicy policy = OutboxFullPolicy.Block, TimeSpan? maxAge = null)
    {
        _log = log;
        _committed = committed;
        _policy = policy;
        _maxAge = maxAge;
        new Thread(Run) { IsBackground = true, Name = "telemetry outbox" }.Start();
    }

    /// <summary>Records made durable.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Writes that found the outbox full.</summary>
    public long Blocked => Volatile.Read(ref _blocked);

    /// <summary>Records that were not stored since the outbox was full.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Completes when the write is durable. A write that is cancelled or fails is not stored.</summary>
    public async Task WriteAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        if (!_log.HasRoomFor(write.Length, empty: true))
        {
            throw new ArgumentException($"{write.Count} records take {write.Length} bytes, more than the whole outbox may hold; write fewer at once or raise {nameof(TelemetryOptions.MaxOutboxBytes)}.");
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, typeof(TelemetryPipeline));
            _queue.Enqueue(write);
            Monitor.Pulse(_gate);
        }

        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var pending = (PendingWrite)state!;
                if (pending.TryCancel())
                {
                    pending.TrySetCanceled(token);
                }
            },
            write).ConfigureAwait(false);
        await write.Task.ConfigureAwait(false);
    }

    /// <summary>Tells that segments were released or compressed.</summary>
    public void RoomChanged()
    {
        lock (_gate)
        {
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Commits what is queued and fits, cancels the rest, and ends the thread.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        return _stopped.Task;
    }

    private void Run()
    {
        var writes = new List<PendingWrite>();
        while (Take(writes) is var length and > 0)
        {
            Commit(writes, length);
            writes.Clear();
            PrepareSpare();
        }

        _stopped.SetResult();
    }

    /// <summary>Waits for writes and takes those that are committed together; returns the bytes taken, 0 at the end.</summary>
    private int Take(List<PendingWrite> writes)
    {
        lock (_gate)
        {
            while (true)
            {
                var length = 0;
                while (length < MaximumGroupBytes && _queue.TryPeek(out var write))
                {
                    if (!write.IsCancelled && !HasRoomFor(write, length))
                    {
                        // What was gathered is committed first: a log that holds it has older records to drop.
                        if (_policy == OutboxFullPolicy.Block || length > 0)
                        {
                            break;
                        }

                        if (_policy == OutboxFullPolicy.DropNewest || !_log.DropOldest())
                        {
                            Drop(_queue.Dequeue());
                        }

                        continue;
                    }

                    _queue.Dequeue();
                    if (write.TryTake())
                    {
                        writes.Add(write);
                        length = Gather(write, length);
                    }
                }

                if (length > 0)
                {
                    return length;
                }

                if (_stopping)
                {
                    Refuse();
                    return 0;
                }

                Monitor.Wait(_gate);
            }
        }
    }

    private bool HasRoomFor(PendingWrite write, int gathered)
    {
        if (_log.HasRoomFor(gathered + write.Length))
        {
            return true;
        }

        if (gathered == 0 && !write.IsBlocked)
        {
            write.IsBlocked = true;
            _blocked++;
        }

        return false;
    }

    private void Drop(PendingWrite write)
    {
        if (write.TryTake())
        {
            Volatile.Write(ref _dropped, _dropped + write.Count);
            write.TrySetResult();
        }
    }

    private int Gather(PendingWrite write, int length)
    {
        if (length + write.Length > _group.Length)
        {
            Array.Resize(ref _group, Math.Max(_group.Length * 2, length + write.Length));
        }

        write.Frames.CopyTo(_group.AsSpan(length));
        return length + write.Length;
    }

    [SuppressMessage("Design", "CA1031", Justification = "The thread outlives every failure; the callers get it.")]
    private void Commit(List<PendingWrite> writes, int length)
    {
        try
        {
            _log.Commit(_group.AsSpan(0, length));
        }
        catch (Exception e)
        {
            writes.ForEach(write => write.TrySetException(e));
            return;
        }

        foreach (var write in writes)
        {
            Volatile.Write(ref _written, _written + write.Count);
            write.TrySetResult();
        }

        if (_maxAge is { } age)
        {
            _log.DropOlderThan(age);
        }

        _committed();
    }

    private void Refuse()
    {
        foreach (var write in _queue)
        {
            if (write.TryCancel())
            {
                write.TrySetException(new OutboxWriteException(_log.Location, new IOException("it is full, and the pipeline stopped before there was room.")));
            }
        }

        _queue.Clear();
    }

    private void PrepareSpare()
    {
        if (_log.WantsSpare && Interlocked.Exchange(ref _preparing, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static writer =>
                {
                    try
                    {
                        writer._log.Prepare();
                        writer.RoomChanged();
                    }
                    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                    {
                        // The commit that needs the segment tries again, and reports.
                    }
                    finally
                    {
                        Volatile.Write(ref writer._preparing, 0);
                    }
                },
                this,
                preferLocal: false);
        }
    }
}
