using ElectricBrain.Telemetry.Documents;
using ElectricBrain.Telemetry.Sinks;

namespace ElectricBrain.Telemetry.Tests.Support;

/// <summary>Batches as the pipeline hands them to a sink.</summary>
internal static class Batches
{
    /// <summary>A batch that offers all of these records.</summary>
    public static TelemetryBatch Of(IReadOnlyCollection<TelemetryRecord> records, long firstSequence = 1)
    {
        var batch = new TelemetryBatch();
        foreach (var record in records)
        {
            batch.Add(firstSequence + batch.Unsettled, Encode(record));
        }

        batch.Offer(records.Count);
        return batch;
    }

    /// <summary>The document of a record.</summary>
    public static ReadOnlySpan<byte> Encode(TelemetryRecord record, ClockMark mark = ClockMark.None)
    {
        var buffer = new byte[DocumentEncoder.MaximumLength(record.Series)];
        return buffer.AsSpan(0, new DocumentEncoder().Encode(record.Series, record.Timestamp.ToUnixTimeMilliseconds(), record.Value, buffer, mark));
    }

    /// <summary>What became of each record.</summary>
    public static (RecordFate Fate, string? Reason)[] Fates(this TelemetryBatch batch) => Enumerable.Range(0, batch.Count).Select(batch.FateOf).ToArray();

    /// <summary>Offers records to a sink that answers for each of them, and returns what became of them.</summary>
    public static async Task<(RecordFate Fate, string? Reason)[]> StoreAsync(this ITelemetrySink sink, params TelemetryRecord[] records)
    {
        var batch = Of(records);
        var outcome = await sink.WriteAsync(batch, TestContext.Current.CancellationToken);
        Assert.True(outcome.Kind == SinkOutcomeKind.Completed, outcome.Error);
        await sink.FlushAsync(TestContext.Current.CancellationToken);
        return batch.Fates();
    }
}
