using System.Text.Json;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>What one item of a bulk reply means for its record.</summary>
internal readonly record struct BulkItem(RecordFate Fate, string? Reason = null, bool IsStreamMissing = false, bool IsDenied = false, bool IsOverload = false)
{
    public static BulkItem Read(JsonElement item)
    {
        var status = item.GetProperty("status"u8).GetInt32();
        if (status is >= 200 and < 300)
        {
            // A document in the failure store is absent from every query: the server's success is not ours.
            return item.TryGetProperty("failure_store"u8, out var store) && store.ValueEquals("used"u8)
                ? new BulkItem(RecordFate.Rejected, "Elasticsearch put the document into the failure store of the data stream, where no query finds it; disable failure_store in its template and options.")
                : new BulkItem(RecordFate.Stored);
        }

        var (type, reason) = item.TryGetProperty("error"u8, out var error) ? ErrorReply.Read(error) : ("", "");
        return Refused(status, type, $"Elasticsearch answered for the record with status {status}, {type}: {reason}", reason);
    }

    private static BulkItem Refused(int status, string type, string text, string reason) => (status, type) switch
    {
        (409, _) => new BulkItem(RecordFate.Duplicate),
        // A full disk answers 429 too, and no smaller request helps.
        (429, not "cluster_block_exception") => new BulkItem(RecordFate.Retry, text, IsOverload: true),
        (429 or >= 500, _) => new BulkItem(RecordFate.Retry, text),
        (404, _) => new BulkItem(RecordFate.Retry, text, IsStreamMissing: true),

        // A block on writing may be for good, as on a down-sampled index; others are lifted by whoever set them.
        (403, "cluster_block_exception") => new BulkItem(reason.Contains("FORBIDDEN/8", StringComparison.Ordinal) ? RecordFate.Blocked : RecordFate.Retry, text),
        (401 or 403, _) => new BulkItem(
            RecordFate.Retry,
            $"Elasticsearch answered for the records with status {status}: the credentials lack a privilege. Grant auto_configure and create_doc on the data stream.",
            IsDenied: true),
        (400, "index_closed_exception") => new BulkItem(RecordFate.Retry, text),

        // The type alone does not tell: a malformed document has timestamp_error too, and before 8.17 late ones had illegal_argument_exception.
        (400, _) when reason.Contains("outside of ranges of currently writable indices", StringComparison.Ordinal) => new BulkItem(RecordFate.Late, text),
        _ => new BulkItem(RecordFate.Rejected, text),
    };
}
