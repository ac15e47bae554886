using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using ElectricBrain.Telemetry.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>Writes the templates of a stream unless the server has the same, and gives a stream that is there already its new lifecycle.</summary>
internal sealed class IndexTemplate(TemplateDocuments documents, IElasticsearchTransport transport, ILogger logger)
{
    /// <summary>Returns null when records may be sent, else what stands in the way.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "A transport of any make may throw anything.")]
    public async ValueTask<SinkOutcome?> EnsureAsync(CancellationToken cancellationToken)
    {
        try
        {
            var existing = await transport.SendAsync(HttpMethod.Get, $"/_index_template/{documents.Name}", default, cancellationToken).ConfigureAwait(false);
            return existing.Status switch
            {
                200 when IsCurrent(existing.Body) => null,
                200 => await WriteAsync(cancellationToken).ConfigureAwait(false) ?? await UpdateStreamAsync(cancellationToken).ConfigureAwait(false),
                404 => await WriteAsync(cancellationToken).ConfigureAwait(false),
                _ => Obstacle(existing, "Reading the index template"),
            };
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return SinkOutcome.Unavailable(e.Message);
        }
    }

    private async ValueTask<SinkOutcome?> WriteAsync(CancellationToken cancellationToken)
    {
        var component = await PutAsync($"/_component_template/{documents.Name}@package", documents.Component, cancellationToken).ConfigureAwait(false);
        if (component.Status is < 200 or > 299)
        {
            return Obstacle(component, "Writing the component template");
        }

        var template = await PutAsync($"/_index_template/{documents.Name}", documents.IndexTemplate(hasFailureStore: true), cancellationToken).ConfigureAwait(false);
        if (template.Status == 400 && ErrorReply.Read(template.Body).Reason.Contains("data_stream_options", StringComparison.Ordinal))
        {
            template = await PutAsync($"/_index_template/{documents.Name}", documents.IndexTemplate(hasFailureStore: false), cancellationToken).ConfigureAwait(false);
        }

        if (template.Status is < 200 or > 299)
        {
            return Obstacle(template, "Writing the index template");
        }

        logger.TemplateWritten(documents.Name);
        return null;
    }

    /// <summary>A template tells of streams to come; mappings reach an old one with its next index, its lifecycle only in this way.</summary>
    private async ValueTask<SinkOutcome?> UpdateStreamAsync(CancellationToken cancellationToken)
    {
        var response = await PutAsync($"/_data_stream/{documents.Stream}/_lifecycle", documents.Lifecycle, cancellationToken).ConfigureAwait(false);
        if (response.Status is not (>= 200 and <= 299 or 404))
        {
            logger.LifecycleNotUpdated(documents.Stream, ErrorReply.Classify(response, "Writing its lifecycle", "manage_data_stream_lifecycle on it").Error!);
        }

        return null;
    }

    private ValueTask<ElasticsearchResponse> PutAsync(string path, string json, CancellationToken cancellationToken) =>
        transport.SendAsync(HttpMethod.Put, path, Encoding.UTF8.GetBytes(json), cancellationToken);

    /// <summary>
    /// An agent that may only write documents works with the templates that an operator made: <c>require_data_stream</c> keeps it
    /// from making an ordinary index where there are none.
    /// </summary>
    private SinkOutcome? Obstacle(ElasticsearchResponse response, string request)
    {
        var outcome = ErrorReply.Classify(response, request, "manage_index_templates");
        if (response.Status == 403 && outcome.Kind == SinkOutcomeKind.Denied)
        {
            logger.TemplateNotAllowed(documents.Name, outcome.Error!);
            return null;
        }

        // No record is to blame for a template that the server does not like.
        return outcome.Kind == SinkOutcomeKind.Unacceptable ? SinkOutcome.Denied(outcome.Error!) : outcome;
    }

    private bool IsCurrent(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var meta = document.RootElement.GetProperty("index_templates"u8)[0].GetProperty("index_template"u8).GetProperty("_meta"u8);
            return meta.GetProperty("version"u8).GetInt32() > TemplateDocuments.Version || meta.GetProperty("hash"u8).ValueEquals(documents.Hash);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return false;
        }
    }
}
