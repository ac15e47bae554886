using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ElectricBrain.Samples.Tests.Dashboards;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Integration.Tests.Dashboards;

/// <summary>The queries of the Grafana dashboard, answered by a real Elasticsearch to a reader of few privileges.</summary>
[Collection(DashboardStores.Name)]
public sealed class GrafanaTests(DashboardStores stores) : IAsyncLifetime
{
    private static readonly GrafanaDashboard Dashboard = GrafanaDashboard.Read("elasticsearch");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => stores.StartAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(60, 120)]
    [InlineData(300, 288)]
    [InlineData(3600, 24)]
    public async Task QuantityPanels_ADayOfReadings_HaveTheValuesOfTheQuery(int intervalSeconds, int spans)
    {
        var interval = TimeSpan.FromSeconds(intervalSeconds);
        var to = stores.Until - TimeSpan.FromTicks(stores.Until.Ticks % interval.Ticks);
        var from = to - (spans * interval);
        var compared = 0;
        foreach (var (panel, target) in Dashboard.Targets.Where(static one => KibanaObjects.Text(one.Target, "query").StartsWith("sensor.type", StringComparison.Ordinal)))
        {
            var factor = panel.GetProperty("fieldConfig").GetProperty("defaults").GetProperty("unit").GetString() switch { "pressurehpa" => 0.01, "kohm" => 0.001, _ => 1 };
            var type = KibanaObjects.Text(target, "query").Split(':', ' ')[1];
            var drawn = await DrawAsync(target, from, to.AddMilliseconds(-1), interval, "*");
            foreach (var series in Shelf.Series.Where(series => series.SensorType == type))
            {
                var expected = await stores.Query.GetSeriesAsync(series.Key, from, to, spans, Cancel);
                var values = drawn[$"{series.HostName} {series.DeviceId}"].Where(static point => point.Value is not null).ToArray();
                Assert.Equal(expected.Select(static point => point.Start), values.Select(static point => point.At));
                Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First.Average * factor, pair.Second.Value!.Value, 1e-6));
                compared += expected.Count;
            }
        }

        Assert.True(compared > Shelf.Series.Count * 20);
    }

    [Fact]
    public async Task QuantityPanels_AnOutage_HaveBucketsWithoutAValue()
    {
        foreach (var (panel, target) in Dashboard.Targets.Where(static one => KibanaObjects.Text(one.Target, "query").StartsWith("sensor.type", StringComparison.Ordinal)))
        {
            var drawn = await DrawAsync(target, stores.Until.AddDays(-1), stores.Until, TimeSpan.FromMinutes(10), "*");

            Assert.True(drawn["workshop enviro"].Count(static point => point.Value is null) is >= 16 and <= 19, KibanaObjects.Text(panel, "title"));
            Assert.Equal(drawn["kitchen enviro"].Select(static point => point.At), drawn["workshop enviro"].Select(static point => point.At));
        }
    }

    [Theory]
    [InlineData("*", new[] { "attic enviro", "bedroom enviro", "kitchen enviro", "workshop enviro" })]
    [InlineData("false", new[] { "bedroom enviro", "kitchen enviro", "workshop enviro" })]
    public async Task QuantityPanel_VariablesChosen_HasWhatTheyLeave(string simulated, string[] expected)
    {
        var target = Dashboard.Targets.Last(static one => KibanaObjects.Text(one.Target, "query").StartsWith("sensor.type", StringComparison.Ordinal)).Target;

        Assert.Equal(expected, (await DrawAsync(target, stores.Until.AddDays(-1), stores.Until, TimeSpan.FromHours(1), simulated)).Keys);
        Assert.Equal(["kitchen enviro"], (await DrawAsync(target, stores.Until.AddDays(-1), stores.Until, TimeSpan.FromHours(1), simulated, "kitchen", "no such \"host\": (x)")).Keys);
    }

    [Fact]
    public async Task ClockAndLatePanel_MarkedReadings_AreFound()
    {
        var panel = Dashboard.Panels.Single(static one => KibanaObjects.Text(one, "title").StartsWith("Clock", StringComparison.Ordinal));
        var targets = panel.GetProperty("targets").EnumerateArray().ToArray();
        var marked = await DrawAsync(targets[0], stores.Until.AddDays(-1), stores.Until, TimeSpan.FromMinutes(30), "*");
        var late = await DrawAsync(targets[1], stores.Until.AddDays(-1), stores.Until, TimeSpan.FromMinutes(30), "*");

        Assert.Equal(["workshop spare corrected", "workshop spare unsynchronised"], marked.Keys);
        Assert.All(marked.Values, static points => Assert.Equal(30, points.Sum(static point => point.Count)));
        Assert.Equal(["workshop spare"], late.Keys);
        Assert.Equal(30, late["workshop spare"].Sum(static point => point.Count));
    }

    [Fact]
    public async Task DevicesPanel_SilentRoom_ShowsWhenItWasLastSeen()
    {
        var target = Dashboard.Panels.First().GetProperty("targets")[0];
        var body = GrafanaSearch.Translate(target, stores.Until.AddDays(-1), stores.Until, TimeSpan.FromMinutes(1), Variables("*"));
        var hosts = (await SearchAsync(body)).GetProperty("aggregations").GetProperty("2").GetProperty("buckets").EnumerateArray()
            .SelectMany(static host => host.GetProperty("3").GetProperty("buckets").EnumerateArray().Select(device => (
                Name: $"{KibanaObjects.Text(host, "key")} {KibanaObjects.Text(device, "key")}",
                Last: DateTimeOffset.FromUnixTimeMilliseconds((long)device.GetProperty("1").GetProperty("value").GetDouble()))))
            .ToDictionary(static one => one.Name, static one => one.Last);

        var latest = (await stores.Query.GetLatestAsync(Cancel)).GroupBy(static record => $"{record.Series.HostName} {record.Series.DeviceId}").ToDictionary(static group => group.Key, static group => group.Max(static record => record.Timestamp));
        Assert.Equal(latest.OrderBy(static one => one.Key), hosts.OrderBy(static one => one.Key));
        Assert.Equal(stores.Until.AddMinutes(-40), hosts["attic enviro"]);
    }

    [Fact]
    public async Task EveryQuery_OneRequestPerPanel_IsAnswered()
    {
        foreach (var panel in Dashboard.Panels.Where(static panel => panel.TryGetProperty("targets", out _)))
        {
            var lines = panel.GetProperty("targets").EnumerateArray().SelectMany(target => new[]
            {
                """{"ignore_unavailable":true,"index":"metrics-electricbrain.*","search_type":"query_then_fetch"}""",
                GrafanaSearch.Translate(target, stores.Until.AddDays(-1), stores.Until, TimeSpan.FromMinutes(5), Variables("*")).ToJsonString(),
            });
            var reply = await PostAsync("_msearch?max_concurrent_shard_requests=5", string.Join('\n', lines) + "\n", "application/x-ndjson");
            Assert.All(reply.GetProperty("responses").EnumerateArray(), response =>
            {
                Assert.Equal(200, response.GetProperty("status").GetInt32());
                Assert.Equal(0, response.GetProperty("_shards").GetProperty("failed").GetInt32());
                Assert.NotEmpty(response.GetProperty("aggregations").GetProperty("2").GetProperty("buckets").EnumerateArray());
            });
        }
    }

    [Fact]
    public async Task Variables_AskedFor_ListHostsAndTheirDevices()
    {
        Assert.Equal(["attic", "bedroom", "kitchen", "workshop"], await FindAsync("host", "*"));
        Assert.Equal(["enviro"], await FindAsync("device", "kitchen"));
        Assert.Equal(["enviro", "spare"], await FindAsync("device", "workshop"));

        async Task<IEnumerable<string>> FindAsync(string variable, string host)
        {
            var find = JsonDocument.Parse(KibanaObjects.Text(Dashboard.Variable(variable), "query")).RootElement;
            Assert.Equal("terms", KibanaObjects.Text(find, "find"));
            var query = find.TryGetProperty("query", out var text) ? text.GetString()! : "*";
            var body = new JsonObject
            {
                ["size"] = 0,
                ["query"] = new JsonObject { ["bool"] = new JsonObject { ["filter"] = new JsonArray(new JsonObject { ["query_string"] = new JsonObject { ["analyze_wildcard"] = true, ["query"] = GrafanaDashboard.Interpolate(query, new Dictionary<string, string[]> { ["host"] = [host] }) } }) } },
                ["aggs"] = new JsonObject { ["1"] = new JsonObject { ["terms"] = new JsonObject { ["field"] = KibanaObjects.Text(find, "field"), ["size"] = 500 } } },
            };
            return (await SearchAsync(body)).GetProperty("aggregations").GetProperty("1").GetProperty("buckets").EnumerateArray().Select(static bucket => KibanaObjects.Text(bucket, "key")).Order(StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task Reader_PrivilegesOfTheGuide_AreAllThatGrafanaAndKibanaNeedAndNoMore()
    {
        // The version of the server, what fields there are, and searches.
        foreach (var path in new[] { "", "_cluster/health?wait_for_status=yellow", "metrics-electricbrain.*/_mapping", "metrics-electricbrain.*/_field_caps?fields=*" })
        {
            Assert.Equal(HttpStatusCode.OK, (await stores.Reader.GetAsync(path, Cancel)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await stores.Reader.GetAsync(".security/_search", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await stores.Reader.DeleteAsync("_data_stream/metrics-electricbrain.sensor-default", Cancel)).StatusCode);
        var written = await stores.Reader.PostAsync("metrics-electricbrain.late-default/_bulk", new StringContent("{\"create\":{}}\n{\"@timestamp\":0}\n", null, "application/x-ndjson"), Cancel);
        Assert.Contains("security_exception", await written.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

        var guide = await File.ReadAllTextAsync(Path.Combine(WorkingCopy.Root, "docs", "guides", "dashboards.md"), Cancel);
        Assert.Contains(DashboardStores.ReaderRole, string.Concat(guide.Where(static c => !char.IsWhiteSpace(c))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryField_OfBothDashboards_IsInTheMappingsOfBothStreams()
    {
        var mappings = await stores.Reader.GetFromJsonAsync<JsonElement>("metrics-electricbrain.*/_mapping", Cancel);
        var text = string.Concat(Dashboard.Targets.Select(static one => one.Target.GetRawText())) + string.Concat(KibanaObjects.Visualizations(KibanaObjects.Read()).Values.Select(static one => one.Spec["data"]!.ToJsonString()));
        var named = System.Text.RegularExpressions.Regex.Matches(text, "\"(?:field|timeField)\":\\s?\"([^\"]+)\"|([a-z]+\\.[a-z]+):").Select(static match => match.Groups[1].Value + match.Groups[2].Value).Distinct().ToArray();

        Assert.Superset(new HashSet<string> { "@timestamp", "host.name", "device.id", "sensor.type", "value", "clock" }, named.ToHashSet());
        var streams = mappings.EnumerateObject().ToArray();
        Assert.Equal(2, streams.Length);
        Assert.All(streams, stream => Assert.All(named, name =>
        {
            var node = stream.Value.GetProperty("mappings");
            Assert.All(name.Split('.'), part => node = node.GetProperty("properties").GetProperty(part));
        }));
    }

    private static Dictionary<string, string[]> Variables(string simulated, params string[] hosts) => new() { ["host"] = hosts is [] ? ["*"] : hosts, ["device"] = ["*"], ["simulated"] = [simulated] };

    private async Task<SortedDictionary<string, List<(DateTimeOffset At, double? Value, long Count)>>> DrawAsync(JsonElement target, DateTimeOffset from, DateTimeOffset to, TimeSpan interval, string simulated, params string[] hosts)
    {
        var reply = await SearchAsync(GrafanaSearch.Translate(target, from, to, interval, Variables(simulated, hosts)));
        var groups = target.GetProperty("bucketAggs").EnumerateArray().Select(static one => KibanaObjects.Text(one, "id")).ToArray();
        var shown = target.GetProperty("metrics").EnumerateArray().Single(static one => !one.TryGetProperty("hide", out var hide) || !hide.GetBoolean());
        var (metric, isCount) = (KibanaObjects.Text(shown, "id"), shown.GetProperty("type").ValueEquals("count"));
        var drawn = new SortedDictionary<string, List<(DateTimeOffset, double?, long)>>(StringComparer.Ordinal);
        Walk(reply.GetProperty("aggregations"), 0, "");
        return drawn;

        void Walk(JsonElement aggregations, int depth, string name)
        {
            var buckets = aggregations.GetProperty(groups[depth]).GetProperty("buckets").EnumerateArray();
            if (depth < groups.Length - 1)
            {
                foreach (var bucket in buckets)
                {
                    Walk(bucket, depth + 1, $"{name} {KibanaObjects.Text(bucket, "key")}".TrimStart());
                }

                return;
            }

            // A bucket that lacks the metric is left out; one whose metric is null is a gap.
            drawn[name] = [.. buckets.Where(bucket => isCount || bucket.TryGetProperty(metric, out _)).Select(bucket => (
                DateTimeOffset.FromUnixTimeMilliseconds(bucket.GetProperty("key").GetInt64()),
                !isCount && bucket.GetProperty(metric).GetProperty("value") is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : (double?)null,
                bucket.GetProperty("doc_count").GetInt64()))];
        }
    }

    private Task<JsonElement> SearchAsync(JsonObject body) => PostAsync("metrics-electricbrain.*/_search", body.ToJsonString(), "application/json");

    private async Task<JsonElement> PostAsync(string path, string body, string type)
    {
        using var response = await stores.Reader.PostAsync(path, new StringContent(body, null, type), Cancel);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }
}
