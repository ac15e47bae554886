using CsCheck;
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
    public async Task AnyQuery_RandomRecordsRangesAndSpans_HasTheSameAnswer()
    {
        using var agent = new AgentOutbox((await lab.Elasticsearch.SharedAsync(Cancel)).Url);
        using var sqlite = new SqliteStore(new SqliteOptions { Path = agent.File("store.db"), ReadingRetention = null, MinuteRetention = null });
        using var elasticsearch = new ElasticsearchQuery(agent.Elasticsearch);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

        // Of the last hours, of days, and so old that they are in the stream for late records; of each series a reading or many.
        var age = Gen.Frequency((6, Gen.Long[0, 10_800_000]), (3, Gen.Long[0, 6 * 86_400_000L]), (1, Gen.Long[20 * 86_400_000L, 90 * 86_400_000L]));
        var value = Gen.OneOf(Gen.Double[-1000, 1000].Select(static value => Math.Round(value, 2)), Gen.Double[-1e-9, 1e-9], Gen.Int[-3, 3].Select(static value => (double)value), Gen.Double[1e15, 1e18]);
        string[] names = ["bme280.temperature", "a/b c", "\"quoted\" \\ and {\"json\":1}", "ünï/çødé \u00b5\ud83c\udf21", "per%cent%2F+plus", "\t\u0001control", "NULL", new string('x', TelemetrySeries.MaximumNameLength), "*?wild", "simulated"];
        TelemetrySeries[] series = [.. names.SelectMany((name, i) => new[]
        {
            new TelemetrySeries { HostName = name, DeviceId = "d", SensorId = names[^(i + 1)], SensorType = "t", Unit = "%", IsSimulated = i % 2 == 0 },
            new TelemetrySeries { HostName = "h", DeviceId = name, SensorId = "s", SensorType = name, Unit = name },
        })];
        var records = Gen.Select(Gen.Int[0, series.Length - 1], age, value, (one, back, number) => new TelemetryRecord(series[one], now.AddMilliseconds(-back), number))
            .Array[4000].Single().Concat(series.Select(one => new TelemetryRecord(one, now, 1))).ToArray();
        var pipeline = await agent.StartAsync(Cancel, sqlite);
        await pipeline.WriteAsync(records, Cancel);
        await pipeline.StopAsync(Cancel);
        Assert.All(pipeline.GetStatus().Sinks, sink => Assert.Equal((records.Length, 0), (sink.Delivered, sink.Pending)));
        using (var stream = new SensorStream(agent.Elasticsearch.Endpoint!, agent.Elasticsearch))
        {
            await stream.RefreshAsync(Cancel);
        }

        Assert.Equal(await sqlite.ListSeriesAsync(Cancel), await elasticsearch.ListSeriesAsync(Cancel));
        Assert.Equal(await sqlite.GetLatestAsync(Cancel), await elasticsearch.GetLatestAsync(Cancel));
        Assert.Equal(series.Length, (await sqlite.ListSeriesAsync(Cancel)).Count);

        // Ranges that begin and end anywhere, also on a reading, within a millisecond, before all and behind all; spans of any length.
        var moment = Gen.OneOf(Gen.Int[0, records.Length - 1].Select(i => records[i].Timestamp), age.Select(back => now.AddMilliseconds(-back)), age.Select(back => now.AddTicks(-back * 9_999)), Gen.Long[-600_000, 600_000].Select(ms => now.AddMilliseconds(ms)));
        await Gen.Select(Gen.Int[0, series.Length - 1], moment, moment, Gen.Long[1, 20_000], Gen.OneOf(Gen.Int[1, 10], Gen.Int[1, 2000], Gen.Const(1_000_000))).SampleAsync(
            async (one, left, right, ticks, points) =>
            {
                var from = left < right ? left : right;
                var to = left == right ? from.AddTicks(ticks) : left < right ? right : left;
                var maxPoints = Math.Min(points, Math.Max(1, (int)((to - from) / TimeSpan.FromSeconds(10)) + 1));
                var expected = await sqlite.GetSeriesAsync(series[one].Key, from, to, maxPoints, Cancel);
                var actual = await elasticsearch.GetSeriesAsync(series[one].Key, from, to, maxPoints, Cancel);
                Assert.Equal(expected.Select(Rounded), actual.Select(Rounded));
            },
            iter: 300);
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
    private static SeriesPoint Rounded(SeriesPoint point) => point with { Average = Math.Abs(point.Average) < 1e12 ? Math.Round(point.Average, 9) : Math.Round(point.Average / 1e6) };
}
