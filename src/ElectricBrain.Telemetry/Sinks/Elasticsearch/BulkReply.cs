using System.Text.Json;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>Reads the answer to a bulk request, which has one item per record, in order.</summary>
internal static class BulkReply
{
    /// <summary>Settles the records of the batch.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="batch">What was sent.</param>
    /// <param name="isStreamMissing">Whether the data stream and its template are gone, so that the template has to be written again.</param>
    public static SinkOutcome Apply(ReadOnlyMemory<byte> body, TelemetryBatch batch, out bool isStreamMissing)
    {
        isStreamMissing = false;
        try
        {
            using var document = JsonDocument.Parse(body);
            if (!document.RootElement.TryGetProperty("items"u8, out var items) || items.GetArrayLength() != batch.Count)
            {
                return Unreadable("does not have one item per record");
            }

            var index = 0;
            string? denied = null;
            foreach (var item in items.EnumerateArray())
            {
                var result = item.EnumerateObject().First().Value;
                var verdict = BulkItem.Read(result);
                batch.Settle(index++, verdict.Fate, verdict.Reason);
                isStreamMissing |= verdict.IsStreamMissing;
                denied ??= verdict.IsDenied ? verdict.Reason : null;
            }

            // A missing privilege is answered for each record, all of which go to the same stream.
            return denied is null ? SinkOutcome.Completed() : SinkOutcome.Denied(denied);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return Unreadable("is not complete JSON of a bulk request");
        }
    }

    private static SinkOutcome Unreadable(string what) =>
        SinkOutcome.Unavailable($"The bulk request was answered with status 200, but the answer {what}. Check that the endpoint is an Elasticsearch server, or what lies between.");
}
