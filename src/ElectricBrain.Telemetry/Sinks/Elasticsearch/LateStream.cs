using ElectricBrain.Telemetry.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>
/// Stores what the time series stream does not take any more in an ordinary data stream beside it, where queries find it. Where the credentials or the
/// templates do not allow that, the records are late for good, and it is not tried again for a while.
/// </summary>
internal sealed class LateStream(ElasticsearchOptions options, IElasticsearchTransport transport, ElasticsearchMetrics metrics, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan RefusalTime = TimeSpan.FromMinutes(10);

    private readonly IndexTemplate _template = new(TemplateDocuments.Late(options), transport, logger);
    private readonly BulkRequest _request = new(options.LateDataStream, options.RequestTimeout);
    private bool _isBootstrapped;
    private long? _refusedAt;

    /// <summary>Settles records of a batch. Returns null, or what stands in the way of those that are to be offered again.</summary>
    public async ValueTask<SinkOutcome?> WriteAsync(TelemetryBatch batch, ReadOnlyMemory<int> records, CancellationToken cancellationToken)
    {
        if (_refusedAt is { } at && time.GetElapsedTime(at) < RefusalTime)
        {
            return null;
        }

        if (!_isBootstrapped && options.ManageTemplate && await _template.EnsureAsync(cancellationToken).ConfigureAwait(false) is { } obstacle)
        {
            return Retry(batch, records, obstacle);
        }

        _isBootstrapped = true;
        _request.Clear();
        foreach (var index in records.Span)
        {
            _request.AddWithIdentity(batch[index].Span);
        }

        var response = await _request.SendAsync(transport, cancellationToken).ConfigureAwait(false);
        if (BulkReply.Read(response, records.Length, out var failure) is { } items)
        {
            return Settle(batch, records.Span, items);
        }

        if (failure.Kind == SinkOutcomeKind.Unacceptable && records.Length > 1)
        {
            return await WriteAsync(batch, records[..(records.Length / 2)], cancellationToken).ConfigureAwait(false)
                ?? await WriteAsync(batch, records[(records.Length / 2)..], cancellationToken).ConfigureAwait(false);
        }

        if (failure.Kind == SinkOutcomeKind.Unacceptable || response.Status is 403 or 404)
        {
            Refuse(failure.Error!);
            return null;
        }

        return Retry(batch, records, failure);
    }

    private SinkOutcome? Settle(TelemetryBatch batch, ReadOnlySpan<int> records, BulkItem[] items)
    {
        var stored = 0;
        SinkOutcome? retry = null;
        for (var i = 0; i < items.Length; i++)
        {
            var item = items[i];
            if (item.IsDenied || item.IsStreamMissing)
            {
                // They stay late, as the time series stream left them.
                Refuse(item.Reason!);
                _isBootstrapped = false;
                continue;
            }

            batch.Settle(records[i], item.Fate == RecordFate.Blocked ? RecordFate.Retry : item.Fate, item.Reason);
            stored += item.Fate == RecordFate.Stored ? 1 : 0;
            retry ??= item.Fate is RecordFate.Retry or RecordFate.Blocked ? SinkOutcome.Completed(item.Reason) : null;
        }

        if (stored > 0)
        {
            metrics.StoredLate(stored);
            logger.StoredLate(stored, options.LateDataStream);
        }

        return retry;
    }

    private static SinkOutcome Retry(TelemetryBatch batch, ReadOnlyMemory<int> records, SinkOutcome outcome)
    {
        foreach (var index in records.Span)
        {
            batch.Settle(index, RecordFate.Retry, outcome.Error);
        }

        return outcome;
    }

    private void Refuse(string error)
    {
        if (_refusedAt is null)
        {
            logger.LateStreamRefused(options.LateDataStream, error);
        }

        _refusedAt = time.GetTimestamp();
    }
}
