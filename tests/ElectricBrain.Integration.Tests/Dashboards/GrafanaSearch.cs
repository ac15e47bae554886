using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ElectricBrain.Samples.Tests.Dashboards;

namespace ElectricBrain.Integration.Tests.Dashboards;

/// <summary>
/// Makes a search of a query as Grafana's Elasticsearch datasource does: the time range and the Lucene query as filters, the
/// groups nested in their order, the metrics in the innermost.
/// </summary>
internal static class GrafanaSearch
{
    public static JsonObject Translate(JsonElement target, DateTimeOffset from, DateTimeOffset to, TimeSpan interval, IReadOnlyDictionary<string, string[]> variables)
    {
        var (since, until) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        var inner = Metrics(target.GetProperty("metrics"));
        foreach (var group in target.GetProperty("bucketAggs").EnumerateArray().Reverse())
        {
            var (kind, settings) = (KibanaObjects.Text(group, "type"), group.GetProperty("settings"));
            var aggregation = new JsonObject
            {
                [kind] = kind == "terms"
                    ? new JsonObject
                    {
                        ["field"] = KibanaObjects.Text(group, "field"),
                        ["size"] = Number(settings, "size"),
                        ["min_doc_count"] = Number(settings, "min_doc_count"),
                        ["order"] = new JsonObject { [KibanaObjects.Text(settings, "orderBy")] = KibanaObjects.Text(settings, "order") },
                    }
                    : new JsonObject
                    {
                        ["field"] = KibanaObjects.Text(group, "field"),
                        ["fixed_interval"] = $"{(long)interval.TotalMilliseconds}ms",
                        ["min_doc_count"] = Number(settings, "min_doc_count"),
                        ["extended_bounds"] = new JsonObject { ["min"] = since, ["max"] = until },
                        ["format"] = "epoch_millis",
                    },
            };
            if (inner.Count > 0)
            {
                aggregation["aggs"] = inner;
            }

            inner = new JsonObject { [KibanaObjects.Text(group, "id")] = aggregation };
        }

        return new JsonObject
        {
            ["size"] = 0,
            ["query"] = new JsonObject
            {
                ["bool"] = new JsonObject
                {
                    ["filter"] = new JsonArray(
                        new JsonObject { ["range"] = new JsonObject { ["@timestamp"] = new JsonObject { ["gte"] = since, ["lte"] = until, ["format"] = "epoch_millis" } } },
                        new JsonObject { ["query_string"] = new JsonObject { ["analyze_wildcard"] = true, ["query"] = GrafanaDashboard.Interpolate(KibanaObjects.Text(target, "query"), variables) } }),
                },
            },
            ["aggs"] = inner,
        };
    }

    private static JsonObject Metrics(JsonElement metrics)
    {
        var aggregations = new JsonObject();
        foreach (var metric in metrics.EnumerateArray())
        {
            switch (KibanaObjects.Text(metric, "type"))
            {
                case "count":
                    break;
                case "bucket_script":
                    var paths = metric.GetProperty("pipelineVariables").EnumerateArray().Select(one =>
                    {
                        var of = KibanaObjects.Text(one, "pipelineAgg");
                        var isCount = metrics.EnumerateArray().Single(other => KibanaObjects.Text(other, "id") == of).GetProperty("type").ValueEquals("count");
                        return KeyValuePair.Create(KibanaObjects.Text(one, "name"), (JsonNode?)(isCount ? "_count" : of));
                    });
                    var script = JsonNode.Parse(metric.GetProperty("settings").GetRawText())!.AsObject();
                    script["buckets_path"] = new JsonObject(paths);
                    aggregations[KibanaObjects.Text(metric, "id")] = new JsonObject { ["bucket_script"] = script };
                    break;
                case var kind:
                    aggregations[KibanaObjects.Text(metric, "id")] = new JsonObject { [kind] = new JsonObject { ["field"] = KibanaObjects.Text(metric, "field") } };
                    break;
            }
        }

        return aggregations;
    }

    private static int Number(JsonElement settings, string name) => int.Parse(KibanaObjects.Text(settings, name), CultureInfo.InvariantCulture);
}
