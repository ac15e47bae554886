using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>
/// The templates of one stream: a component with mappings, settings and lifecycle, and the index template over it. A component named like ours with <c>@custom</c> is
/// the operator's, and wins. Both bear the hash of what they say.
/// </summary>
/// <param name="Name">The name of the index template, and the start of the stream's.</param>
/// <param name="Stream">The data stream.</param>
/// <param name="Settings">The index settings.</param>
/// <param name="Lifecycle">The lifecycle of the data stream.</param>
/// <param name="Mappings">The mappings.</param>
internal sealed record TemplateDocuments(string Name, string Stream, string Settings, string Lifecycle, string Mappings)
{
    /// <summary>Raised when the documents change in a way that older programs must not undo; a newer program's templates are left alone.</summary>
    public const int Version = 2;

    private const string FailureStoreOff =
        """
        ,"template":{"data_stream_options":{"failure_store":{"enabled":false}}}
        """;

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Template + Body(true))))[..16];

    public string Component =>
        $$"""
        {{{Template}},
        "_meta":{"managed_by":"ElectricBrain.Telemetry","version":{{Version}},"hash":"{{Hash}}"} }
        """;

    private string Template =>
        $$"""
        "template":{"settings":{"index":{{Settings}}},"lifecycle":{{Lifecycle}},"mappings":{{Mappings}}}
        """;

    public static TemplateDocuments Sensor(ElasticsearchOptions options) => new(
        "metrics-electricbrain.sensor",
        options.DataStream,
        $$"""
        {"mode":"time_series",
        "routing_path":["host.name","device.id","sensor.id","sensor.type"],
        "look_back_time":"{{Minutes(options.LookBack)}}m",
        "number_of_shards":1,
        "number_of_replicas":{{options.Replicas.ToString(CultureInfo.InvariantCulture)}}}
        """,
        Keep(options.Retention, options.Downsampling),
        MappingsWith(",\"time_series_dimension\":true", ",\"time_series_metric\":\"gauge\""));

    /// <summary>An ordinary stream, which takes records of any time.</summary>
    public static TemplateDocuments Late(ElasticsearchOptions options) => new(
        "metrics-electricbrain.late",
        options.LateDataStream,
        $$"""
        {"number_of_shards":1,
        "number_of_replicas":{{options.Replicas.ToString(CultureInfo.InvariantCulture)}}}
        """,
        Keep(options.Retention, []),
        MappingsWith("", ""));

    /// <summary>The index template; a server from before failure stores has none to disable.</summary>
    public string IndexTemplate(bool hasFailureStore) =>
        $$"""
        {{{Body(hasFailureStore)}},
        "_meta":{"managed_by":"ElectricBrain.Telemetry","version":{{Version}},"hash":"{{Hash}}"} }
        """;

    private static string MappingsWith(string dimension, string metric) =>
        $$"""
        {"dynamic":false,"properties":{
          "@timestamp":{"type":"date"},
          "host":{"properties":{"name":{"type":"keyword"{{dimension}}} } },
          "device":{"properties":{"id":{"type":"keyword"{{dimension}}} } },
          "sensor":{"properties":{
            "id":{"type":"keyword"{{dimension}}},
            "type":{"type":"keyword"{{dimension}}},
            "unit":{"type":"keyword"} } },
          "value":{"type":"double"{{metric}}},
          "simulated":{"type":"boolean"},
          "clock":{"type":"keyword"} } }
        """;

    private static string Keep(TimeSpan retention, IReadOnlyList<DownsamplingStep> steps)
    {
        var downsampling = string.Join(',', steps.Select(static step => $$"""{"after":"{{Minutes(step.After)}}m","fixed_interval":"{{Minutes(step.Interval)}}m"}"""));
        return $$"""{"data_retention":"{{Minutes(retention)}}m"{{(downsampling.Length > 0 ? $",\"downsampling\":[{downsampling}]" : "")}}}""";
    }

    private string Body(bool hasFailureStore) =>
        $$"""
        "index_patterns":["{{Name}}-*"],"data_stream":{},"priority":500,
        "composed_of":["{{Name}}@package","{{Name}}@custom"],"ignore_missing_component_templates":["{{Name}}@custom"]{{(hasFailureStore ? FailureStoreOff : "")}}
        """;

    private static string Minutes(TimeSpan span) => ((long)span.TotalMinutes).ToString(CultureInfo.InvariantCulture);
}
