using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ElectricBrain.Integration.Tests.EndToEnd;
using ElectricBrain.Integration.Tests.Lab;
using ElectricBrain.Samples.Tests.Dashboards;
using ElectricBrain.Tests.Shared;
using Microsoft.Playwright;

namespace ElectricBrain.Integration.Tests.Dashboards;

/// <summary>The panels of Kibana, drawn by its libraries from what a real Elasticsearch answers to a reader of few privileges.</summary>
[Collection(DashboardStores.Name)]
public sealed class KibanaTests(DashboardStores stores) : IAsyncLifetime
{
    private static readonly JsonObject Everything = new() { ["match_all"] = new JsonObject() };

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => stores.StartAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Dashboard_ADayOfReadings_IsDrawnWithoutAWarning(string theme)
    {
        var objects = KibanaObjects.Read();
        var visualizations = KibanaObjects.Visualizations(objects);
        var dashboard = KibanaObjects.Dashboard(objects);
        var references = dashboard.GetProperty("references").EnumerateArray().ToDictionary(static one => KibanaObjects.Text(one, "name"), static one => KibanaObjects.Text(one, "id"));
        await using var chromium = await HeadlessChromium.StartAsync();
        var page = await PageAsync(chromium);
        var warnings = new List<string>();
        foreach (var panel in KibanaObjects.Embedded(dashboard.GetProperty("attributes").GetProperty("panelsJSON")).EnumerateArray())
        {
            var id = KibanaObjects.Text(panel, "panelIndex");
            var (_, spec) = visualizations[references[$"{id}:{KibanaObjects.Text(panel, "panelRefName")}"]];
            var drawn = await DrawAsync(page, spec, stores.Until.AddDays(-1), stores.Until, Everything, theme, KibanaObjects.Text(panel, "title"), panel.GetProperty("gridData"));
            warnings.AddRange(drawn.GetProperty("warnings").EnumerateArray().Select(warning => $"{id}: {warning}"));
            Assert.True(drawn.GetProperty("rows").GetArrayLength() > 4, id);
        }

        await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Path = Path.Combine(LabPaths.Results, $"kibana-{theme}.png") });
        Assert.Empty(warnings);
    }

    [Fact]
    public async Task Histories_ADayOfReadings_HaveTheValuesOfTheQuery()
    {
        var step = TimeSpan.FromMinutes(5); // what Kibana takes for 200 buckets of a day
        var to = stores.Until - TimeSpan.FromTicks(stores.Until.Ticks % step.Ticks);
        var from = to.AddDays(-1);
        await using var chromium = await HeadlessChromium.StartAsync();
        var page = await PageAsync(chromium);
        var compared = 0;
        foreach (var (id, (_, spec)) in KibanaObjects.Visualizations(KibanaObjects.Read()).Where(static one => one.Key is not ("electricbrain-now" or "electricbrain-delivery")))
        {
            var factor = id switch { "electricbrain-pressure" => 0.01, "electricbrain-gases" => 0.001, _ => 1 };
            var rows = Rows(await DrawAsync(page, spec, from, to.AddMilliseconds(-1), Everything)).Where(static row => row is { Reading: not null, Stretch: not null }).ToLookup(static row => (row.Name, row.Label));
            foreach (var series in Shelf.Series.Where(series => spec.ToJsonString().Contains($"\"{series.SensorType}\"", StringComparison.Ordinal)))
            {
                var label = series.SensorType switch { "pm1" => "PM1", "pm2_5" => "PM2.5", "pm10" => "PM10", "oxidising_gases" => "oxidising", "reducing_gases" => "reducing", "ammonia" => "ammonia", _ => "" };
                var expected = await stores.Query.GetSeriesAsync(series.Key, from, to, (int)((to - from) / step), Cancel);
                var drawn = rows[($"{series.HostName} · {series.DeviceId}", label)].DistinctBy(static row => row.At).OrderBy(static row => row.At).ToArray();
                Assert.Equal(expected.Select(static point => point.Start), drawn.Select(static row => row.At));
                Assert.All(expected.Zip(drawn), pair => Assert.Equal(pair.First.Average * factor, pair.Second.Reading!.Value, 1e-6));

                // The outage parts the line, and nothing else does.
                Assert.Equal(series.HostName == "workshop" ? 2 : 1, drawn.Select(static row => row.Stretch).Distinct().Count());
                compared += expected.Count;
            }
        }

        Assert.True(compared > Shelf.Series.Count * 200);
    }

    [Theory]
    [InlineData(15)] // buckets shorter than the agent's interval
    [InlineData(60 * 24 * 7)]
    [InlineData(60 * 24 * 90)]
    public async Task History_ShortAndLongRanges_IsOneLineWhereNothingIsMissing(int minutes)
    {
        await using var chromium = await HeadlessChromium.StartAsync();
        var page = await PageAsync(chromium);
        var spec = KibanaObjects.Visualizations(KibanaObjects.Read())["electricbrain-temperature"].Spec;
        var drawn = await DrawAsync(page, spec, stores.Until.AddMinutes(-minutes), stores.Until, Everything);

        Assert.Empty(drawn.GetProperty("warnings").EnumerateArray());
        var kitchen = Rows(drawn).Where(static row => row is { Reading: not null, Stretch: not null, Name: "kitchen · enviro" }).ToArray();
        Assert.True(kitchen.Length > 1);
        Assert.Equal(minutes > 60 * 24 * 30 ? 2 : 1, kitchen.Select(static row => row.Stretch).Distinct().Count()); // the late one, a month ago
    }

    [Fact]
    public async Task Now_WhatIsStored_HasTheNewestReadings()
    {
        await using var chromium = await HeadlessChromium.StartAsync();
        var rows = Rows(await DrawAsync(await PageAsync(chromium), KibanaObjects.Visualizations(KibanaObjects.Read())["electricbrain-now"].Spec, stores.Until.AddDays(-1), stores.Until, Everything));

        var latest = (await stores.Query.GetLatestAsync(Cancel)).ToDictionary(static record => (record.Series.HostName, record.Series.SensorType), static record => record.Value);
        var texts = rows.Where(static row => row.Heading is not null).ToDictionary(static row => (row.Name.Split(' ')[0], row.Heading!), static row => row.Text!);
        Assert.Equal(Shelf.Rooms.Count * 9, texts.Count);
        Assert.All(Shelf.Rooms, room =>
        {
            Assert.Equal(latest[(room, "temperature")], Number(texts[(room, "Temperature")], " °C"), 0.0501);
            Assert.Equal(latest[(room, "pressure")] / 100, Number(texts[(room, "Pressure")], " hPa"), 0.0501);
            Assert.Equal(latest[(room, "oxidising_gases")] / 1000, Number(texts[(room, "Oxidising gases")], " kΩ"), 0.0501);
            Assert.EndsWith("ago", texts[(room, "Last seen")], StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Delivery_MarkedReadings_ShowTheirState()
    {
        await using var chromium = await HeadlessChromium.StartAsync();
        var rows = Rows(await DrawAsync(await PageAsync(chromium), KibanaObjects.Visualizations(KibanaObjects.Read())["electricbrain-delivery"].Spec, stores.Until.AddDays(-1), stores.Until, Everything))
            .Where(static row => row is { Mark: "rect", Readings: > 0 }).ToArray();

        Assert.Equal(["clock corrected", "clock not set", "late"], rows.Where(static row => row.Name == "workshop · spare").Select(static row => row.State!).Distinct().Order());
        Assert.Equal(["in time"], rows.Where(static row => row.Name != "workshop · spare").Select(static row => row.State!).Distinct());
        Assert.DoesNotContain(rows, row => row.Name == "workshop · enviro" && row.At > stores.Until.AddHours(-8.75) && row.At < stores.Until.AddHours(-6.25));
    }

    [Fact]
    public async Task Controls_OneHostChosen_LeaveTheOthersOut()
    {
        var kitchen = new JsonObject { ["match_phrase"] = new JsonObject { ["host.name"] = "kitchen" } };
        await using var chromium = await HeadlessChromium.StartAsync();
        var page = await PageAsync(chromium);
        foreach (var (id, (_, spec)) in KibanaObjects.Visualizations(KibanaObjects.Read()))
        {
            var rows = Rows(await DrawAsync(page, spec, stores.Until.AddDays(-1), stores.Until, kitchen));
            Assert.Equal((id, "kitchen · enviro"), (id, Assert.Single(rows.Select(static row => row.Name).Distinct())));
        }
    }

    private static double Number(string text, string suffix)
    {
        Assert.EndsWith(suffix, text, StringComparison.Ordinal);
        return double.Parse(text[..^suffix.Length], CultureInfo.InvariantCulture);
    }

    private static List<Row> Rows(JsonElement drawn) => drawn.GetProperty("rows").Deserialize<List<Row>>(Web)!;

    private async Task<JsonElement> DrawAsync(IPage page, JsonObject spec, DateTimeOffset from, DateTimeOffset to, JsonObject filter, string theme = "light", string title = "", JsonElement? grid = null)
    {
        int Cell(string name, int otherwise) => grid?.GetProperty(name).GetInt32() ?? otherwise;
        var argument = JsonSerializer.Serialize(new { title, x = Cell("x", 0), y = Cell("y", 0), w = Cell("w", 24), h = Cell("h", 12), spec = await FillAsync(spec, from, to, filter) });
        return JsonDocument.Parse(await page.EvaluateAsync<string>("async ([panel, theme]) => JSON.stringify(await draw(JSON.parse(panel), theme))", new[] { argument, theme })).RootElement;
    }

    private static async Task<IPage> PageAsync(HeadlessChromium chromium)
    {
        var modules = Path.Combine(WorkingCopy.Root, "dashboards", "node_modules");
        string[] scripts = ["vega/build/vega.min.js", "vega-lite/build/vega-lite.min.js", "vega-interpreter/build/vega-interpreter.min.js"];
        var page = await chromium.OpenAsync(new Uri("about:blank"));
        await page.SetViewportSizeAsync(1600, 900);
        foreach (var script in scripts)
        {
            await page.AddScriptTagAsync(new PageAddScriptTagOptions { Path = Requirement.File("The drawing libraries are not installed: npm ci --prefix dashboards", Path.Combine(modules, script)) });
        }

        await page.AddScriptTagAsync(new PageAddScriptTagOptions { Path = Path.Combine(WorkingCopy.Root, "tests", "ElectricBrain.Integration.Tests", "Dashboards", "kibana-page.js") });
        return page;
    }

    /// <summary>A specification with the server's reply in the place of the search, as Kibana hands it to the libraries.</summary>
    private async Task<JsonObject> FillAsync(JsonObject spec, DateTimeOffset from, DateTimeOffset to, JsonObject filter)
    {
        var (index, body) = new KibanaSearch(from, to, filter).Translate(spec["data"]!["url"]!.AsObject());
        using var response = await stores.Reader.PostAsync($"{index}/_search", new StringContent(body.ToJsonString(), null, "application/json"), Cancel);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
        var reply = await response.Content.ReadFromJsonAsync<JsonObject>(Cancel);
        Assert.Equal(0, (int)reply!["_shards"]!["failed"]!);
        var filled = spec.DeepClone().AsObject();
        filled["data"] = new JsonObject { ["values"] = reply, ["format"] = spec["data"]!["format"]!.DeepClone() };
        return filled;
    }

    private sealed record Row(string Mark, string Name, string? Label, [property: System.Text.Json.Serialization.JsonPropertyName("at")] double? AtMilliseconds, double? Reading, string? Text, string? Heading, string? State, double? Readings, double? Stretch)
    {
        [System.Text.Json.Serialization.JsonIgnore]
        public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds((long)(AtMilliseconds ?? 0));
    }
}
