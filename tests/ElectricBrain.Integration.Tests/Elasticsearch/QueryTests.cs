using ElectricBrain.Integration.Tests.Lab;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Query;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using ElectricBrain.Telemetry.Sinks.Sqlite;

namespace ElectricBrain.Integration.Tests.Elasticsearch;

/// <summary>The same questions to SQLite and to a real Elasticsearch that hold the same records.</summary>
public sealed class QueryTests(LabFixture lab)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyQuery_SameRecordsInBothStores_HasTheSameAnswer()
    {
        using var agent = new AgentOutbox((await lab.Elasticsearch.SharedAsync(Cancel)).Url);
        using var sqlite = new SqliteStore(new SqliteOptions { Path = agent.File("store.db") });
        using var elasticsearch = new ElasticsearchQuery(agent.Elasticsearch);
        TelemetrySeries[] series =
        [
            AgentOutbox.Series("bme280.temperature"),
            AgentOutbox.Series("bme280.pressure", "pressure", "Pa", "host \"two\"/é"),
            new() { HostName = "hostzero", DeviceId = "enviro", SensorId = "ltr559.illuminance", SensorType = "illuminance", Unit = "lx" },
        ];
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var random = new Random(3);

        // Five days at odd moments, so that SQLite answers from readings, minutes and hours.
        var records = Enumerable.Range(0, 6000).Select(i => new TelemetryRecord(
            series[i % series.Length], now.AddMilliseconds(-random.NextInt64(0, i % 2 == 0 ? 3_600_000 : 5 * 86_400_000L)), Math.Round(random.NextDouble() * 200 - 100, 2))).ToArray();
        var pipeline = await agent.StartAsync(Cancel, sqlite);
        await pipeline.WriteAsync(records, Cancel);
        await pipeline.StopAsync(Cancel);
        Assert.All(pipeline.GetStatus().Sinks, static sink => Assert.Equal((6000, 0), (sink.Delivered, sink.Pending)));
        using (var stream = new SensorStream(agent.Elasticsearch.Endpoint!, agent.Elasticsearch))
        {
            Assert.Equal(6000, (await stream.DocumentsAsync(Cancel)).Count);
        }

        Assert.Equal(series.OrderBy(static one => one.Key, StringComparer.Ordinal), await sqlite.ListSeriesAsync(Cancel));
        Assert.Equal(await sqlite.ListSeriesAsync(Cancel), await elasticsearch.ListSeriesAsync(Cancel));
        Assert.Equal(await sqlite.GetLatestAsync(Cancel), await elasticsearch.GetLatestAsync(Cancel));
        foreach (var (back, length, maxPoints) in new[] { (0, 1, 1), (0, 60, 60), (7, 13, 300), (1, 1440, 600), (100, 1440, 7), (0, 5 * 1440, 1000), (-10, 6 * 1440, 48), (0, 6 * 1440, 2), (0, 6 * 1440, 1), (30, 60, 1_000_000) })
        {
            foreach (var one in series)
            {
                var to = now.AddMinutes(-back).AddTicks(1);
                var from = to.AddMinutes(-length);
                var expected = await sqlite.GetSeriesAsync(one.Key, from, to, maxPoints, Cancel);
                var actual = await elasticsearch.GetSeriesAsync(one.Key, from, to, maxPoints, Cancel);
                Assert.NotEmpty(expected);
                Assert.Equal(expected.Select(Rounded), actual.Select(Rounded));
            }
        }
    }

    [Fact]
    public async Task AnyQuery_NothingWrittenYet_IsEmpty()
    {
        using var agent = new AgentOutbox((await lab.Elasticsearch.SharedAsync(Cancel)).Url);
        using var query = new ElasticsearchQuery(agent.Elasticsearch);
        Assert.Empty(await query.ListSeriesAsync(Cancel));
        Assert.Empty(await query.GetLatestAsync(Cancel));
        Assert.Empty(await query.GetSeriesAsync(AgentOutbox.Series("a").Key, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 10, Cancel));
    }

    [Fact]
    public async Task ListSeriesAsync_MoreThanAPage_HasEachOnce()
    {
        using var agent = new AgentOutbox((await lab.Elasticsearch.SharedAsync(Cancel)).Url);
        var now = TimeProvider.System.GetUtcNow();
        var records = Enumerable.Range(0, 2500).Select(i => new TelemetryRecord(AgentOutbox.Series($"s{i}"), now, i)).ToArray();
        var pipeline = await agent.StartAsync(Cancel);
        await pipeline.WriteAsync(records, Cancel);
        await pipeline.StopAsync(Cancel);
        using (var stream = new SensorStream(agent.Elasticsearch.Endpoint!, agent.Elasticsearch))
        {
            Assert.Equal(2500, (await stream.DocumentsAsync(Cancel)).Count);
        }

        using var query = new ElasticsearchQuery(agent.Elasticsearch);
        Assert.Equal(records.Select(static record => record.Series.Key).Order(StringComparer.Ordinal), (await query.ListSeriesAsync(Cancel)).Select(static one => one.Key));
        Assert.Equal(records.OrderBy(static record => record.Series.Key, StringComparer.Ordinal).Select(static record => record.Value), (await query.GetLatestAsync(Cancel)).Select(static record => record.Value));
    }

    // The stores add up in different orders.
    private static SeriesPoint Rounded(SeriesPoint point) => point with { Average = Math.Round(point.Average, 9) };
}
