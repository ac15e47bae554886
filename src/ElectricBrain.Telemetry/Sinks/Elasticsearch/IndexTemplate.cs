using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ElectricBrain.Telemetry.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>
/// Writes the templates of the data stream unless the server has the same: a component with mappings and settings, and the index
/// template over it. A component named like ours with <c>@custom</c> is the operator's, and wins.
/// </summary>
internal sealed class IndexTemplate(ElasticsearchOptions options, IElasticsearchTransport transport, ILogger logger)
{
    private const string Name = "metrics-electricbrain.sensor";

    /// <summary>Raised when the documents change; a newer program's templates are left alone.</summary>
    private const int Version = 1;

    private const string FailureStoreOff =
        """
        ,"template":{"data_stream_options":{"failure_store":{"enabled":false}}}
        """;

    private const string Mappings =
        """
        {"dynamic":false,"properties":{
          "@timestamp":{"type":"date"},
          "host":{"properties":{"name":{"type":"keyword","time_series_dimension":true}}},
          "device":{"properties":{"id":{"type":"keyword","time_series_dimension":true}}},
          "sensor":{"properties":{
            "id":{"type":"keyword","time_series_dimension":true},
            "type":{"type":"keyword","time_series_dimension":true},
            "unit":{"type":"keyword"}}},
          "value":{"type":"double","time_series_metric":"gauge"},
          "simulated":{"type":"boolean"},
          "clock":{"type":"keyword"}}}
        """;

    /// <summary>Returns null when records may be sent, else what stands in the way.</summary>
    public async ValueTask<SinkOutcome?> EnsureAsync(CancellationToken cancellationToken)
    {
        if (!options.ManageTemplate)
        {
            return null;
        }

        var existing = await transport.SendAsync(HttpMethod.Get, $"/_index_template/{Name}", default, cancellationToken).ConfigureAwait(false);
        return existing.Status switch
        {
            200 when IsCurrent(existing.Body) => null,
            200 or 404 => await WriteAsync(cancellationToken).ConfigureAwait(false),
            _ => Obstacle(existing, "Reading the index template"),
        };
    }

    private async ValueTask<SinkOutcome?> WriteAsync(CancellationToken cancellationToken)
    {
        var component = await PutAsync($"/_component_template/{Name}@package", Component(), cancellationToken).ConfigureAwait(false);
        if (component.Status is < 200 or > 299)
        {
            return Obstacle(component, "Writing the component template");
        }

        var template = await PutAsync($"/_index_template/{Name}", Template(hasFailureStore: true), cancellationToken).ConfigureAwait(false);
        if (template.Status == 400 && ErrorReply.Read(template.Body).Reason.Contains("data_stream_options", StringComparison.Ordinal))
        {
            // A server from before failure stores has none to disable.
            template = await PutAsync($"/_index_template/{Name}", Template(hasFailureStore: false), cancellationToken).ConfigureAwait(false);
        }

        if (template.Status is < 200 or > 299)
        {
            return Obstacle(template, "Writing the index template");
        }

        logger.TemplateWritten(Name);
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
        var outcome = ErrorReply.Classify(response, request);
        if (response.Status == 403 && outcome.Kind == SinkOutcomeKind.Denied)
        {
            logger.TemplateNotAllowed(Name, outcome.Error!);
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
            return meta.GetProperty("version"u8).GetInt32() > Version || meta.GetProperty("hash"u8).ValueEquals(Hash());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return false;
        }
    }

    private string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Component() + Body(true))))[..16];

    private string Component() =>
        $$"""
        {"template":{
          "settings":{"index":{
            "mode":"time_series",
            "routing_path":["host.name","device.id","sensor.id","sensor.type"],
            "look_back_time":"{{Minutes(options.LookBack)}}m",
            "number_of_shards":1,
            "number_of_replicas":{{options.Replicas.ToString(CultureInfo.InvariantCulture)}}
          } },
          "lifecycle":{"data_retention":"{{Minutes(options.Retention)}}m"},
          "mappings":{{Mappings}}
        },
        "_meta":{"managed_by":"ElectricBrain.Telemetry"} }
        """;

    private string Template(bool hasFailureStore) =>
        $$"""
        { {{Body(hasFailureStore)}},
        "_meta":{"managed_by":"ElectricBrain.Telemetry","version":{{Version}},"hash":"{{Hash()}}"} }
        """;

    private static string Body(bool hasFailureStore) =>
        $$"""
        "index_patterns":["{{Name}}-*"],"data_stream":{},"priority":500,
        "composed_of":["{{Name}}@package","{{Name}}@custom"],"ignore_missing_component_templates":["{{Name}}@custom"]{{(hasFailureStore ? FailureStoreOff : "")}}
        """;

    private static string Minutes(TimeSpan span) => ((long)span.TotalMinutes).ToString(CultureInfo.InvariantCulture);
}
