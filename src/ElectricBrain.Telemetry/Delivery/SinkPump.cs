using System.Diagnostics.CodeAnalysis;
using ElectricBrain.Telemetry.Diagnostics;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Sinks;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Telemetry.Delivery;

/// <summary>Brings the records of the outbox to one sink, in order, until the sink settled each of them; then moves its cursor.</summary>
internal sealed class SinkPump : IDisposable
{
    private readonly ITelemetrySink _sink;
    private readonly OutboxLog _log;
    private readonly OutboxCursor _cursor;
    private readonly OutboxReader _reader;
    private readonly BatchDelivery _delivery;
    private readonly SinkCounters _counters;
    private readonly TimeProvider _time;
    private readonly TimeSpan _checkpointInterval;
    private readonly ILogger _logger;
    private readonly Action _saved;
    private readonly WakeSignal _wake;
    private readonly TelemetryBatch _batch = new();
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
        _time = time;
        _logger = logger;
        _saved = saved;
        _checkpointInterval = options.CheckpointInterval;
        _wake = new WakeSignal(time);
        _counters = new SinkCounters(sink.Name);
        _cursor = log.OpenCursor(sink.Name);
        _position = Math.Max(_cursor.Saved, log.Start);
        _reader = log.OpenReader(_position);
        _delivery = new BatchDelivery(sink, deadLetters, _counters, time, logger);
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
                if (!await FillAsync(cancellationToken).ConfigureAwait(false))
                {
                    break;
                }

                await _delivery.RunAsync(_batch, cancellationToken).ConfigureAwait(false);
                Volatile.Write(ref _position, _reader.Position);
                _batch.Clear();
                await CheckpointIfDueAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // The batch, if any, stays filled: what it still holds is offered again.
                _delivery.Report(SinkState.NeedsAttention, e.Message);
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
        _delivery.Dispose();
    }

    /// <summary>Gathers a batch; false when there is nothing left to drain.</summary>
    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        var limits = _sink.Limits;
        var lingered = _batch.Unsettled > 0;
        while (true)
        {
            var full = _reader.Read(_batch, limits.MaxRecords, limits.MaxBytes);
            if (_batch.Unsettled > 0 && (full || lingered || _draining || limits.MaxAge <= TimeSpan.Zero))
            {
                return true;
            }

            if (_batch.Unsettled == 0 && _draining)
            {
                return false;
            }

            if (_batch.Unsettled > 0)
            {
                await LingerAsync(limits.MaxAge, cancellationToken).ConfigureAwait(false);
                lingered = true;
            }
            else
            {
                // Damage at the end of the log moves the position without a record to deliver.
                Volatile.Write(ref _position, _reader.Position);
                await _wake.WaitAsync(_checkpointInterval, cancellationToken).ConfigureAwait(false);
                await CheckpointIfDueAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task LingerAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        while (!_draining && age - _time.GetElapsedTime(start) is var rest && rest > TimeSpan.Zero)
        {
            await _wake.WaitAsync(rest, cancellationToken).ConfigureAwait(false);
        }
    }

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
