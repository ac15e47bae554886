using ElectricBrain.Telemetry.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>
/// Who gives the documents of the data stream their identity, by which a repetition is known. A time series stream does it itself, by dimensions and time, and refuses any other. An
/// ordinary one, such as a template for <c>metrics-*-*</c> makes, gives each document a new one unless it is sent one. Which it is shows by sending
/// one, for which <c>create_doc</c> is enough.
/// </summary>
internal sealed class StreamIdentity(ElasticsearchOptions options, IElasticsearchTransport transport, TimeProvider time, ILogger logger)
{
    // A stream that was deleted may have come again as another kind.
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMinutes(10);

    private readonly BulkRequest _probe = new(options.DataStream, options.RequestTimeout);
    private bool? _isTimeSeries;
    private long _checkedAt;
    private bool _isAskingInVain;

    /// <summary>Whether documents are sent with an identity. They are as long as nothing is known: a time series stream then refuses them all, and takes them without at the next attempt.</summary>
    public bool IsOurs => _isTimeSeries is not true;

    /// <summary>Whether it was found out not long ago.</summary>
    public bool IsKnown => _isTimeSeries is not null && (_isAskingInVain || time.GetElapsedTime(_checkedAt) < CheckInterval);

    /// <summary>
    /// Finds out, by the first record of a batch, unless it is known. Returns what stands in the way of any record, else null, also when the answer does not tell: then those to the batch will.
    /// </summary>
    public async ValueTask<SinkOutcome?> EnsureAsync(TelemetryBatch batch, CancellationToken cancellationToken)
    {
        if (IsKnown)
        {
            return null;
        }

        _probe.Clear();
        _probe.AddWithIdentity(batch[0].Span);
        var response = await _probe.SendAsync(transport, cancellationToken).ConfigureAwait(false);
        if (BulkReply.Read(response, 1, out var failure) is not [var item])
        {
            return failure.Kind == SinkOutcomeKind.Unacceptable ? null : failure;
        }

        if (item.IsTimeSeries)
        {
            Learn(isTimeSeries: true);
        }
        else if (item.Fate is RecordFate.Stored or RecordFate.Duplicate)
        {
            Learn(isTimeSeries: false);
        }
        else if (item == BulkItem.InFailureStore)
        {
            // Nobody can tell what was refused; as a rule it is the identity. Every further question would end there too.
            _isAskingInVain = true;
            Learn(_isTimeSeries ?? true);
        }

        return null;
    }

    /// <summary>Takes up what an answer showed.</summary>
    public void Learn(bool isTimeSeries)
    {
        if (!isTimeSeries && _isTimeSeries is not false)
        {
            logger.StreamIsNoTimeSeries(options.DataStream);
        }

        _isTimeSeries = isTimeSeries;
        _checkedAt = time.GetTimestamp();
    }

    /// <summary>The stream is gone: the next one may be of another kind.</summary>
    public void Forget()
    {
        _isTimeSeries = null;
        _isAskingInVain = false;
    }
}
