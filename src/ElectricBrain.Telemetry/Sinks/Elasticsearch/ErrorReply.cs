using System.Text;
using System.Text.Json;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>Reads the answers that refuse a whole request.</summary>
internal static class ErrorReply
{
    private const int LongestReason = 400;

    private const int NoStatus = 0;

    private const string TextError = "error";

    /// <summary>Stands for an answer that did not come.</summary>
    public static ElasticsearchResponse NoAnswer(string error) => new(NoStatus, Encoding.UTF8.GetBytes(error));

    /// <summary>Tells what a refusal means for the records of the request.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="request">What was asked, as the start of a sentence.</param>
    /// <param name="privilege">What credentials need for it.</param>
    public static SinkOutcome Classify(ElasticsearchResponse response, string request, string privilege = "auto_configure and create_doc on the data stream")
    {
        if (response.Status == NoStatus)
        {
            return SinkOutcome.Unavailable(Encoding.UTF8.GetString(response.Body.Span));
        }

        var (type, reason) = Read(response.Body);
        var text = $"{request} was answered with status {response.Status}{(type.Length + reason.Length > 0 ? $", {type}: {reason}" : "")}.";
        return response.Status switch
        {
            // The reason of a 401 names the key or the user.
            401 => SinkOutcome.Denied($"{request} was answered with status 401: Elasticsearch does not accept the credentials. Check the API key, or user name and password; a key may have expired."),
            403 when type == "cluster_block_exception" => SinkOutcome.Unavailable(text),
            403 => SinkOutcome.Denied($"{request} was answered with status 403: the credentials lack a privilege. Grant {privilege}."),
            400 when IsNoRecordsFault(type, reason, out var outcome) => outcome(text),
            400 or 413 => SinkOutcome.Unacceptable(text),
            404 => SinkOutcome.Unavailable(text),
            429 => SinkOutcome.Overloaded(text, response.RetryAfter),
            >= 300 and < 500 => SinkOutcome.Denied($"{text} Check that the endpoint is an Elasticsearch server, or what lies between."),
            _ => SinkOutcome.Unavailable(text, response.RetryAfter),
        };
    }

    /// <summary>The type and the reason of an error body; empty where there is none.</summary>
    public static (string Type, string Reason) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error"u8, out var error)
                ? Read(error)
                : ("", "");
        }
        catch (JsonException)
        {
            return ("", "");
        }
    }

    /// <summary>The type and the reason of an error object, or its text where it is a string.</summary>
    public static (string Type, string Reason) ReadWhole(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.Object => (Text(error, "type"u8), Text(error, "reason"u8)),
        JsonValueKind.String => (TextError, error.GetString()!),
        _ => ("", ""),
    };

    /// <summary>What of a reason goes into messages.</summary>
    public static string Cut(string text) => text.Length <= LongestReason ? text : string.Concat(text.AsSpan(0, LongestReason), "...");

    private static (string Type, string Reason) Read(JsonElement error)
    {
        var (type, reason) = ReadWhole(error);
        return (Cut(type), Cut(reason));
    }

    /// <summary>Tells the refusals of a whole request that no record in it is to blame for, so that fewer records would not help, and none must be given up for it.</summary>
    private static bool IsNoRecordsFault(string type, string reason, out Func<string, SinkOutcome> outcome)
    {
        // A body that was cut on its way, also a compressed one; a smaller one may pass.
        if (reason.StartsWith("The bulk request must be terminated by a newline", StringComparison.Ordinal) || reason == "request body is required")
        {
            outcome = static text => SinkOutcome.Overloaded($"{text} The request was cut on its way; look at what lies between.");
            return true;
        }

        // An older server; then an address with a path that is none of Elasticsearch's, and everything that is no Elasticsearch.
        var isTooOld = reason.Contains("contains unrecognized parameter", StringComparison.Ordinal);
        outcome = isTooOld
            ? static text => SinkOutcome.Denied($"{text} Elasticsearch 8.13 or newer is needed.")
            : static text => SinkOutcome.Denied($"{text} Check that the endpoint is an Elasticsearch server, with its path, or what lies between.");
        return isTooOld || type is "" or TextError;
    }

    private static string Text(JsonElement error, ReadOnlySpan<byte> name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
