using System.Text.Json;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>Reads the answer to a bulk request, which has one item per record, in order.</summary>
internal static class BulkReply
{
    /// <summary>What each record of the request became; else, in <paramref name="failure"/>, what became of the request.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="count">How many records were sent.</param>
    /// <param name="failure">Why there is nothing to be known of the single record.</param>
    public static BulkItem[]? Read(ElasticsearchResponse response, int count, out SinkOutcome failure)
    {
        failure = default;
        if (response.Status != 200)
        {
            failure = ErrorReply.Classify(response, "The bulk request");
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(response.Body);
            if (document.RootElement.TryGetProperty("items"u8, out var items) && items.GetArrayLength() == count)
            {
                return items.EnumerateArray().Select(static item => BulkItem.Read(item.GetProperty("create"u8))).ToArray();
            }

            failure = Unreadable("does not have one item per record");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            failure = Unreadable("is not complete JSON of a bulk request");
        }

        return null;
    }

    private static SinkOutcome Unreadable(string what) =>
        SinkOutcome.Unavailable($"The bulk request was answered with status 200, but the answer {what}. Check that the endpoint is an Elasticsearch server, or what lies between.");
}
