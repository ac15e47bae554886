using System.Diagnostics.CodeAnalysis;
using ElectricBrain.Telemetry.Diagnostics;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Sinks;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Telemetry.Delivery;

/// <summary>
/// Brings the records of the outbox to one sink, in order, until the sink settled each of them; then moves its cursor. Where the sink
/// takes several batches at once, the cursor passes only what has nothing unsettled before it.
/// </summary>
internal sealed class SinkPump : IDisposable
{
    private readonly ITelemetrySink _sink;
    private readonly OutboxLog _log;
    private readonly OutboxCursor _cursor;
    private readonly OutboxReader _reader;
    private readonly DeadLetterFile _deadLetters;
    private readonly SinkCounters _counters;
    private readonly Patience _patience;
    private readonly TimeProvider _time;
    private readonly TimeSpan _checkpointInterval;
    private readonly ILogger _logger;
    private readonly Action _saved;
    private readonly WakeSignal _wake;
    private readonly Queue<DeliveryLane> _underWay = new();
    private readonly Stack<DeliveryLane> _idle = new();
    private DeliveryLane _gathering;
    private long _gatheringSince;
    private long _checkpointedAt;
    private long _position;
    private volatile bool _draining;

    /// <param name="sink">The destination.</param>
    /// <param name="log">The outbox.</param>
    /// <param name="deadLetters">Where refused records go; owned by the pump.</param>
    /// <param name="options">The pipeline's options.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="saved">Called after the cursor moved durably.</param>
    public SinkPump(ITelemetrySink sink, OutboxLog log, DeadLetterFile deadLetters, TelemetryOptions options, TimeProvider time, ILogger logger, Action saved)
    {
        _sink = sink;
        _log = log;
        _deadLetters = deadLetters;
        _time = time;
        _logger = logger;
        _saved = saved;
        _checkpointInterval = options.CheckpointInterval;
        _wake = new WakeSignal(time);
        _counters = new SinkCounters(sink.Name);
        _patience = new Patience(time);
        _cursor = log.OpenCursor(sink.Name);
        _position = Math.Max(_cursor.Saved, log.Start);
        _reader = log.OpenReader(_position);
        _gathering = NextLane();
        _checkpointedAt = time.GetTimestamp();
    }

    public string Name => _sink.Name;

    /// <summary>The durable position: everything up to it may be deleted.</summary>
    public long Saved => _cursor.Saved;

    /// <summary>Damaged records that the sink will not get.</summary>
    public long Corrupt => _reader.Corrupt;

    public SinkStatus GetStatus() =>
        _counters.Read() with { Pending = Math.Max(0, _log.DurableSequence - Volatile.Read(ref _position)), Dropped = _reader.Dropped };

    /// <summary>Tells that there are new records.</summary>
    public void Wake() => _wake.Set();

    /// <summary>Lets <see cref="RunAsync"/> end as soon as nothing is pending.</summary>
    public void Drain()
    {
        _draining = true;
        _wake.Set();
    }

    /// <summary>Runs until cancelled, or drained and empty. Survives every failure of the sink and of the disk.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Nothing but the end of the pipeline ends a pump; the failure is shown and logged.")]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _counters.Update(static status => status with { State = SinkState.Running });
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (!await TurnAsync(cancellationToken).ConfigureAwait(false))
                {
                    break;
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                _counters.Fail(SinkState.NeedsAttention, e.Message, _time.GetUtcNow());
                _logger.PumpFailed(e, Name);
                await Task.Delay(Backoff.Longest, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await FinishAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _cursor.Dispose();
        _deadLetters.Dispose();
    }

    /// <summary>Takes note of what was delivered, then sends off the next batch or waits for something to do; false when there is nothing left to drain.</summary>
    private async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        PassDelivered();
        var concurrency = _sink.Concurrency;
        if (_underWay.Count == 0 || concurrency > 1)
        {
            await CheckpointIfDueAsync(cancellationToken).ConfigureAwait(false);
        }

        var wait = _checkpointInterval;
        var isReady = Gather(ref wait);
        if (HasRoom(concurrency))
        {
            if (isReady)
            {
                SendOff(cancellationToken);
                return true;
            }

            if (_draining && _underWay.Count == 0)
            {
                return false;
            }
        }

        await _wake.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Moves the position over the batches that were delivered, up to the oldest that was not.</summary>
    private void PassDelivered()
    {
        while (_underWay.TryPeek(out var oldest) && oldest.IsDelivered)
        {
            Volatile.Write(ref _position, oldest.End);
            _idle.Push(_underWay.Dequeue());
        }
    }

    /// <summary>Whether another batch may go now. An older one that is repeated holds up only so many newer ones.</summary>
    private bool HasRoom(int concurrency) => _underWay.Count < 2 * concurrency && _underWay.Count(static lane => !lane.IsDelivered) < concurrency;

    /// <summary>Adds to the next batch what there is, also while there is no room for it yet. Returns whether it is to be sent off; else shortens the wait to the time when it will be.</summary>
    private bool Gather(ref TimeSpan wait)
    {
        var limits = _sink.Limits;
        var batch = _gathering.Batch;
        var wasEmpty = batch.Unsettled == 0;
        var isFull = _reader.Read(batch, limits.MaxRecords, limits.MaxBytes);
        if (batch.Unsettled == 0)
        {
            if (_underWay.Count == 0)
            {
                // Damage at the end of the log moves the position without a record to deliver.
                Volatile.Write(ref _position, _reader.Position);
            }

            return false;
        }

        if (wasEmpty)
        {
            _gatheringSince = _time.GetTimestamp();
        }

        var rest = limits.MaxAge - _time.GetElapsedTime(_gatheringSince);
        if (isFull || _draining || rest <= TimeSpan.Zero)
        {
            return true;
        }

        wait = rest < wait ? rest : wait;
        return false;
    }

    private void SendOff(CancellationToken cancellationToken)
    {
        _underWay.Enqueue(_gathering);
        _gathering.Start(_reader.Position, cancellationToken);
        _gathering = _idle.TryPop(out var idle) ? idle : NextLane();
    }

    private DeliveryLane NextLane() => new(Name, new BatchDelivery(_sink, _deadLetters, _counters, _patience, _time, _logger), Wake, _time, _logger);

    private async Task CheckpointIfDueAsync(CancellationToken cancellationToken)
    {
        if (_position != _cursor.Saved
            && (_time.GetElapsedTime(_checkpointedAt) >= _checkpointInterval || _log.WouldRelease(_cursor.Saved, _position)))
        {
            await CheckpointAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CheckpointAsync(CancellationToken cancellationToken)
    {
        await _sink.FlushAsync(cancellationToken).ConfigureAwait(false);
        _cursor.Save(_position);
        _checkpointedAt = _time.GetTimestamp();
        _saved();
    }

    [SuppressMessage("Design", "CA1031", Justification = "A position that cannot be saved costs a repeated delivery, which the sinks tell apart.")]
    private async Task FinishAsync()
    {
        try
        {
            await Task.WhenAll(_underWay.Select(static lane => lane.Completion)).ConfigureAwait(false);
            PassDelivered();
            if (_position != _cursor.Saved)
            {
                await CheckpointAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            _logger.CheckpointFailed(e, Name);
        }

        _counters.Update(static status => status with { State = SinkState.Stopped });
    }
}
