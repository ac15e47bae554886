namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>How far the requests of one batch have come, which go one after the other.</summary>
internal sealed class BulkProgress(TelemetryBatch batch)
{
    private string? _denied;
    private int _answered;

    public TelemetryBatch Batch => batch;

    /// <summary>The first record that was not sent.</summary>
    public int Next { get; private set; }

    /// <summary>Records that the stream does not take any more.</summary>
    public List<int> Late { get; } = [];

    /// <summary>What became of the first request that failed as a whole.</summary>
    public SinkOutcome? Failure { get; private set; }

    /// <summary>Whether the data stream and its template are gone, so that the template has to be written again.</summary>
    public bool IsStreamMissing { get; private set; }

    /// <summary>Whether an answer was one that only a time series stream gives.</summary>
    public bool IsTimeSeries { get; private set; }

    /// <summary>
    /// The answer for the whole batch. Where some records were answered for, those of a request that failed are just not settled; what failed
    /// shows when they are offered alone.
    /// </summary>
    public SinkOutcome Outcome => (_denied, Failure) switch
    {
        // A missing privilege is answered for each record, all of which go to the same stream.
        ({ } denied, _) => SinkOutcome.Denied(denied),
        (_, { } failure) when _answered > 0 => SinkOutcome.Completed(failure.Error, failure.RetryAfter),
        (_, { } failure) => failure,
        _ => SinkOutcome.Completed(),
    };

    public void Fail(SinkOutcome outcome) => Failure ??= outcome;

    /// <summary>Takes the answer to the next records. Returns whether the server refused some of it as too much.</summary>
    public bool Apply(ElasticsearchResponse response, int count)
    {
        var start = Next;
        Next += count;
        if (BulkReply.Read(response, count, out var failure) is not { } items)
        {
            Fail(failure);
            return failure.Kind == SinkOutcomeKind.Overloaded;
        }

        var isOverloaded = false;
        for (var i = 0; i < count; i++)
        {
            var item = items[i];
            var isLate = item.Fate == RecordFate.Late || (item.Fate == RecordFate.Blocked && batch.IsOverdue);
            batch.Settle(start + i, isLate ? RecordFate.Late : item.Fate, item.Reason);
            if (isLate)
            {
                Late.Add(start + i);
            }

            _answered++;
            isOverloaded |= item.IsOverload;
            IsStreamMissing |= item.IsStreamMissing;
            IsTimeSeries |= item.IsTimeSeries;
            _denied ??= item.IsDenied ? item.Reason : null;
        }

        return isOverloaded;
    }
}
