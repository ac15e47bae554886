using System.Text.Json.Nodes;

namespace ElectricBrain.Integration.Tests.Dashboards;

/// <summary>
/// Makes a search of the <c>url</c> of a Vega specification as Kibana documents it ("Vega in Kibana", writing Elasticsearch queries):
/// the filters of the dashboard, the time range, and an interval for a wanted number of buckets.
/// </summary>
internal sealed class KibanaSearch(DateTimeOffset from, DateTimeOffset to, JsonObject dashboardFilter)
{
    private static readonly (double UpToSeconds, string Interval)[] Intervals =
    [
        (0.5, "100ms"), (5, "1s"), (7.5, "5s"), (15, "10s"), (45, "30s"), (180, "1m"), (450, "5m"), (1200, "10m"), (2700, "30m"), (7200, "1h"), (21_600, "3h"), (86_400, "12h"), (604_800, "24h"),
    ];

    public (string Index, JsonObject Body) Translate(JsonObject url)
    {
        var body = url["body"]!.DeepClone().AsObject();
        body["query"] = Replace(body["query"]!);
        body["aggs"] = Replace(body["aggs"]!);
        return ((string)url["index"]!, body);
    }

    private JsonNode Replace(JsonNode node) => node switch
    {
        JsonObject map when map["%timefilter%"] is JsonValue which => which.GetValueKind() == System.Text.Json.JsonValueKind.True
            ? new JsonObject { ["gte"] = Iso(from), ["lte"] = Iso(to), ["format"] = "strict_date_optional_time" }
            : (string)which! == "min" ? from.ToUnixTimeMilliseconds() : to.ToUnixTimeMilliseconds(),
        JsonObject map => Entries(map),
        JsonArray array => new JsonArray([.. array.SelectMany(Context)]),
        _ => node.DeepClone(),
    };

    private IEnumerable<JsonNode?> Context(JsonNode? item) => item is JsonValue value && value.TryGetValue<string>(out var text) && text.StartsWith("%dashboard_context-", StringComparison.Ordinal)
        ? text == "%dashboard_context-filter_clause%" ? [dashboardFilter.DeepClone()] : []
        : [Replace(item!)];

    private JsonObject Entries(JsonObject map)
    {
        var replaced = new JsonObject();
        foreach (var (name, value) in map)
        {
            if (name == "interval" && value is JsonObject wanted)
            {
                var seconds = (to - from).TotalSeconds / (double)wanted["%autointerval%"]!;
                replaced["fixed_interval"] = Intervals.First(step => seconds <= step.UpToSeconds).Interval;
            }
            else
            {
                replaced[name] = Replace(value!);
            }
        }

        return replaced;
    }

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
