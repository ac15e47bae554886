using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ElectricBrain.Telemetry.Query;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>The bodies of the searches that answer an <see cref="ITelemetryQuery"/>.</summary>
internal static class SearchRequest
{
    /// <summary>Series per page of <see cref="ListSeries"/> and <see cref="ListLatest"/>.</summary>
    public const int PageSize = 1000;

    private const string LatestReading =
        """
        ,"aggs":{"latest":{"top_hits":{"size":1,"sort":[{"@timestamp":"desc"}],"_source":false,
          "docvalue_fields":[{"field":"@timestamp","format":"epoch_millis"},"value"]}}}
        """;

    /// <summary>One page of the series; <paramref name="last"/> is the last one of the page before.</summary>
    public static byte[] ListSeries(TelemetrySeries? last) => Page(last, "");

    /// <summary>One page of the series, each with its newest reading.</summary>
    public static byte[] ListLatest(TelemetrySeries? last) => Page(last, LatestReading);

    /// <summary>The spans of one series, by aggregations that down-sampled indices have too (<c>aggregate_metric_double</c> has no <c>stats</c>). Spans start at multiples of the width from the start of the query, as the offset makes them.</summary>
    public static byte[] SumUp(TelemetrySeries series, SeriesSpans spans) => Encoding.UTF8.GetBytes(
        $$$"""
        {"size":0,"track_total_hits":false,
        "query":{"bool":{"filter":[
          {"term":{"host.name":{{{Quote(series.HostName)}}}}},
          {"term":{"device.id":{{{Quote(series.DeviceId)}}}}},
          {"term":{"sensor.id":{{{Quote(series.SensorId)}}}}},
          {"term":{"sensor.type":{{{Quote(series.SensorType)}}}}},
          {"term":{"sensor.unit":{{{Quote(series.Unit)}}}}},
          {"term":{"simulated":{{{Text(series.IsSimulated)}}}}},
          {"exists":{"field":"value"}},
          {"range":{"@timestamp":{"gte":{{{Text(spans.Start)}}},"lt":{{{Text(spans.End)}}},"format":"epoch_millis"} } }]} },
        "aggs":{"spans":{
          "date_histogram":{"field":"@timestamp","fixed_interval":"{{{Text(spans.Width)}}}ms","offset":"{{{Text(Offset(spans))}}}ms","min_doc_count":1},
          "aggs":{"count":{"value_count":{"field":"value"} },"min":{"min":{"field":"value"} },"avg":{"avg":{"field":"value"} },"max":{"max":{"field":"value"} } } } } }
        """);

    private static byte[] Page(TelemetrySeries? last, string aggregation) => Encoding.UTF8.GetBytes(
        $$$"""
        {"size":0,"track_total_hits":false,
        "query":{"exists":{"field":"value"}},
        "aggs":{"series":{
          "composite":{"size":{{{Text(PageSize)}}}{{{After(last)}}},"sources":[
            {"host":{"terms":{"field":"host.name"} } },
            {"device":{"terms":{"field":"device.id"} } },
            {"sensor":{"terms":{"field":"sensor.id"} } },
            {"type":{"terms":{"field":"sensor.type"} } },
            {"unit":{"terms":{"field":"sensor.unit"} } },
            {"simulated":{"terms":{"field":"simulated"} } }]}
          {{{aggregation}}}
        } } }
        """);

    private static string After(TelemetrySeries? last) => last is null
        ? ""
        : $$"""
          ,"after":{"host":{{Quote(last.HostName)}},"device":{{Quote(last.DeviceId)}},"sensor":{{Quote(last.SensorId)}},"type":{{Quote(last.SensorType)}},"unit":{{Quote(last.Unit)}},"simulated":{{Text(last.IsSimulated)}}}
          """;

    private static long Offset(SeriesSpans spans)
    {
        var offset = spans.Start % spans.Width;
        return offset < 0 ? offset + spans.Width : offset;
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(bool value) => value ? "true" : "false";
}
