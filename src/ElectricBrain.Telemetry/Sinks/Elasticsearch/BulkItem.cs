using System.Text.Json;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>What one item of a bulk reply means for its record.</summary>
/// <param name="Fate">What became of the record.</param>
/// <param name="Reason">Why it was not stored.</param>
/// <param name="IsStreamMissing">Whether the data stream and its template are gone.</param>
/// <param name="IsDenied">Whether an operator has to act before the stream takes any record.</param>
/// <param name="IsOverload">Whether the server refused it as too much.</param>
/// <param name="IsTimeSeries">Whether the answer is one that only a time series stream gives.</param>
internal readonly record struct BulkItem(
    RecordFate Fate, string? Reason = null, bool IsStreamMissing = false, bool IsDenied = false, bool IsOverload = false, bool IsTimeSeries = false)
{
    /// <summary>The document is in the failure store, of whatever stream.</summary>
    public static readonly BulkItem InFailureStore = new(
        RecordFate.Rejected,
        "Elasticsearch put the document into the failure store of the data stream, where no query finds it; disable failure_store in its template and options.");

    private static readonly BulkItem Dropped = new(
        RecordFate.Rejected,
        "Elasticsearch answered for the record with status 200 and stored nothing: an ingest pipeline of the data stream drops it; change the pipeline, or the default_pipeline or final_pipeline of the template.");

    public static BulkItem Read(JsonElement item)
    {
        var status = item.GetProperty("status"u8).GetInt32();
        if (status is >= 200 and < 300)
        {
            // The server's success is not ours: a document in the failure store is absent from every query, and what is created is answered with 201.
            return item.TryGetProperty("failure_store"u8, out var store) && store.ValueEquals("used"u8) ? InFailureStore
                : status == 201 ? new BulkItem(RecordFate.Stored)
                : Dropped;
        }

        var (type, reason) = item.TryGetProperty("error"u8, out var error) ? ErrorReply.ReadWhole(error) : ("", "");
        return Refused(status, type, $"Elasticsearch answered for the record with status {status}, {type}: {ErrorReply.Cut(reason)}", reason);
    }

    private static BulkItem Refused(int status, string type, string text, string reason) => (status, type) switch
    {
        (409, _) => new BulkItem(RecordFate.Duplicate),
        // A full disk answers 429 too, and no smaller request helps.
        (429, not "cluster_block_exception") => new BulkItem(RecordFate.Retry, text, IsOverload: true),
        // The verdict of an operator's pipeline on this document.
        (500, "fail_processor_exception") => new BulkItem(RecordFate.Rejected, text),
        (429 or >= 500, _) => new BulkItem(RecordFate.Retry, text),
        (404, _) when IsNameTaken(reason) => new BulkItem(RecordFate.Retry, $"{text}. Remove what stands in the way of the data stream.", IsDenied: true),
        (404, _) => new BulkItem(RecordFate.Retry, text, IsStreamMissing: true),

        // A block on writing may be for good, as on a down-sampled index; others are lifted by whoever set them.
        (403, "cluster_block_exception") => new BulkItem(reason.Contains("FORBIDDEN/8", StringComparison.Ordinal) ? RecordFate.Blocked : RecordFate.Retry, text),
        (401 or 403, _) => new BulkItem(
            RecordFate.Retry,
            $"Elasticsearch answered for the records with status {status}: the credentials lack a privilege. Grant auto_configure and create_doc on the data stream.",
            IsDenied: true),
        (400, "index_closed_exception") => new BulkItem(RecordFate.Retry, text),
        (400, _) when IsPipelineMissing(reason) => new BulkItem(RecordFate.Retry, $"{text}. Make the ingest pipeline that the template names, or take it out there.", IsDenied: true),
        (400, _) when reason.Contains("_id must be unset or set to", StringComparison.Ordinal) => new BulkItem(RecordFate.Retry, text, IsTimeSeries: true),

        // The type alone does not tell: a malformed document has timestamp_error too, and before 8.17 late ones had illegal_argument_exception.
        (400, _) when WritableRanges.TryRead(reason, out var isSoonWritable) => new BulkItem(isSoonWritable ? RecordFate.Blocked : RecordFate.Late, text, IsTimeSeries: true),
        _ => new BulkItem(RecordFate.Rejected, text),
    };

    private static bool IsNameTaken(string reason) =>
        reason.Contains("is not a data stream", StringComparison.Ordinal) || reason.Contains("forbids index auto creation", StringComparison.Ordinal);

    private static bool IsPipelineMissing(string reason) =>
        reason.StartsWith("pipeline with id [", StringComparison.Ordinal) && reason.EndsWith("does not exist", StringComparison.Ordinal);
}
