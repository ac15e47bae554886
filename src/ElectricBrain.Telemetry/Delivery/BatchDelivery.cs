using System.Diagnostics.CodeAnalysis;
using ElectricBrain.Telemetry.Diagnostics;
using ElectricBrain.Telemetry.Sinks;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Telemetry.Delivery;

/// <summary>
/// Offers a batch to a sink until every record is settled: repeats with back-off, splits what is too large, and keeps what the sink
/// will never take in the dead-letter file.
/// </summary>
internal sealed class BatchDelivery(ITelemetrySink sink, DeadLetterFile deadLetters, SinkCounters counters, Patience patience, TimeProvider time, ILogger logger)
{
    // An overload that outlasts this many waits is the batch's own size.
    private const int OverloadsBeforeSplit = 3;

    private int _limit = int.MaxValue;
    private int _attempt;

    /// <summary>Returns when nothing of the batch is unsettled.</summary>
    public async Task RunAsync(TelemetryBatch batch, CancellationToken cancellationToken)
    {
        patience.Renew();
        while (batch.Unsettled > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            batch.Offer(_limit);
            batch.IsOverdue = patience.IsOver();
            var outcome = await AttemptAsync(batch, cancellationToken).ConfigureAwait(false);
            if (React(batch, outcome) is { } wait)
            {
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Shows a failure in the status, and logs the first of a row.</summary>
    public void Report(SinkState state, string error)
    {
        if (counters.Fail(state, error, time.GetUtcNow()))
        {
            logger.SinkFailed(sink.Name, error);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A sink of any make may throw anything; the records are kept and offered again.")]
    private async Task<SinkOutcome> AttemptAsync(TelemetryBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            return await sink.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return SinkOutcome.Unavailable(e.Message);
        }
    }

    /// <summary>Acts on an answer and returns how long to wait before the next attempt; null for not at all.</summary>
    private TimeSpan? React(TelemetryBatch batch, SinkOutcome outcome)
    {
        var error = outcome.Error ?? "The sink gave no reason.";
        switch (outcome.Kind)
        {
            case SinkOutcomeKind.Completed:
                return Settle(batch, outcome);

            case SinkOutcomeKind.Unacceptable when batch.Count > 1:
                logger.BatchSplit(sink.Name, batch.Count, error);
                _limit = batch.Count / 2;
                return null;

            case SinkOutcomeKind.Unacceptable:
                batch.Settle(0, RecordFate.Rejected, error);
                return Settle(batch, SinkOutcome.Completed());

            case SinkOutcomeKind.Denied:
                _attempt++;
                Report(SinkState.NeedsAttention, error);
                return Backoff.Longest;

            default:
                _attempt++;
                if (outcome.Kind == SinkOutcomeKind.Overloaded && _attempt >= OverloadsBeforeSplit)
                {
                    _limit = Math.Max(1, batch.Count / 2);
                }

                Report(SinkState.Retrying, error);
                return Backoff.Next(_attempt, outcome.RetryAfter);
        }
    }

    private TimeSpan? Settle(TelemetryBatch batch, SinkOutcome outcome)
    {
        var settlement = Count(batch);
        batch.RemoveSettled();
        counters.Update(status => status with
        {
            Delivered = status.Delivered + settlement.Stored,
            Duplicates = status.Duplicates + settlement.Duplicates,
            Late = status.Late + settlement.Late,
            DeadLettered = status.DeadLettered + settlement.DeadLettered,
            LastSuccessAt = settlement.Settled > 0 ? time.GetUtcNow() : status.LastSuccessAt,
        });
        if (settlement.Retried > 0)
        {
            _attempt = settlement.Settled > 0 ? 1 : _attempt + 1;
            Report(SinkState.Retrying, settlement.Reason ?? outcome.Error ?? "The sink did not take every record.");
            return Backoff.Next(_attempt, outcome.RetryAfter);
        }

        if (counters.Read().State != SinkState.Running)
        {
            logger.SinkRecovered(sink.Name);
            counters.Update(static status => status with { State = SinkState.Running });
        }

        _attempt = 0;
        _limit = _limit > int.MaxValue / 2 ? int.MaxValue : _limit * 2;
        return null;
    }

    private BatchSettlement Count(TelemetryBatch batch)
    {
        var settlement = default(BatchSettlement);
        for (var i = 0; i < batch.Count; i++)
        {
            var (fate, reason) = batch.FateOf(i);
            switch (fate == RecordFate.Blocked && IsOverdue(batch) ? RecordFate.Late : fate)
            {
                case RecordFate.Stored:
                    settlement.Stored++;
                    break;
                case RecordFate.Duplicate:
                    settlement.Duplicates++;
                    break;
                case RecordFate.Late when KeepAside(batch, i, "late", reason, ref settlement):
                    settlement.Late++;
                    break;
                case RecordFate.Rejected when KeepAside(batch, i, "rejected", reason, ref settlement):
                    settlement.DeadLettered++;
                    break;
                default:
                    settlement.Retried++;
                    settlement.Reason ??= reason;
                    break;
            }
        }

        if (settlement.Late + settlement.DeadLettered > 0)
        {
            deadLetters.Sync();
            logger.RecordsKeptAside(sink.Name, settlement.Late, settlement.DeadLettered, deadLetters.Name);
        }

        return settlement;
    }

    private bool KeepAside(TelemetryBatch batch, int index, string kind, string? reason, ref BatchSettlement settlement)
    {
        var kept = deadLetters.TryAdd(batch.SequenceOf(index), kind, reason ?? "no reason given", batch[index].Span);
        batch.Settle(index, kept ? RecordFate.Rejected : RecordFate.Retry);
        if (!kept)
        {
            settlement.Reason = $"The file {deadLetters.Name} is full; move it away while the pipeline is stopped, or raise {nameof(TelemetryOptions.MaxDeadLetterBytes)}. The last reason was: {reason}";
        }

        return kept;
    }

    private bool IsOverdue(TelemetryBatch batch)
    {
        patience.Begin();
        return batch.IsOverdue;
    }
}
