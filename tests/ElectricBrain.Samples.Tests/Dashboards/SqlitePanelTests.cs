using System.Text.Json;
using ElectricBrain.Samples.Tests.SensorAgent;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Query;
using ElectricBrain.Telemetry.Sinks.Sqlite;
using Microsoft.Data.Sqlite;

namespace ElectricBrain.Samples.Tests.Dashboards;

/// <summary>The queries of the Grafana dashboard for SQLite, run as the plugin does on what the agent's own sink has written.</summary>
public sealed class SqlitePanelTests : IAsyncLifetime
{
    private static readonly GrafanaDashboard Dashboard = GrafanaDashboard.Read("sqlite");

    // A day before the retention of the readings: they are gone, their roll-ups are not.
    private static readonly DateTimeOffset Until = new(2025, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();
    private SqliteStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(_directory.Path, "readings.db");

    public async ValueTask InitializeAsync()
    {
        _store = new SqliteStore(new SqliteOptions { Path = Path, ReadingRetention = TimeSpan.FromDays(1) });
        await using var pipeline = new TelemetryPipeline(new TelemetryOptions { OutboxDirectory = System.IO.Path.Combine(_directory.Path, "outbox"), DrainTimeout = TimeSpan.FromMinutes(1) }, [_store]);
        await pipeline.StartAsync(Cancel);
        foreach (var chunk in Shelf.Records(Until, TimeSpan.FromDays(2.5), TimeSpan.FromSeconds(90)).Chunk(5000))
        {
            await pipeline.WriteAsync(chunk, Cancel);
        }

        await pipeline.StopAsync(Cancel);
        Assert.Equal(0, pipeline.GetStatus().Sinks[0].Pending);
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(2, 10)] // from readings
    [InlineData(6, 60)] // from minutes
    [InlineData(23, 600)]
    [InlineData(20, 3600)] // from hours
    [InlineData(44, 10)] // from minutes, since the readings of the start are gone
    [InlineData(44, 900)]
    [InlineData(60, 86400)] // from days
    public async Task QuantityPanels_AnyRangeAndInterval_HaveTheValuesOfTheQuery(int hours, int intervalSeconds)
    {
        var compared = 0;
        var asked = TimeSpan.FromSeconds(intervalSeconds);
        var to = Until - TimeSpan.FromTicks(Until.Ticks % asked.Ticks) + (asked > TimeSpan.FromHours(1) ? asked : TimeSpan.Zero);
        var from = to - (Math.Ceiling(TimeSpan.FromHours(hours) / asked) * asked);
        foreach (var (panel, target) in Dashboard.Targets.Where(static one => KibanaObjects.Text(one.Target, "rawQueryText").Contains("sensor_type =", StringComparison.Ordinal)))
        {
            var factor = panel.GetProperty("fieldConfig").GetProperty("defaults").GetProperty("unit").GetString() switch { "pressurehpa" => 0.01, "kohm" => 0.001, _ => 1 };
            var type = KibanaObjects.Text(target, "rawQueryText").Split("sensor_type = '")[1].Split('\'')[0];
            var rows = Run(target, from, to, asked);
            var step = TimeSpan.FromSeconds(rows[Shelf.Rooms.Count].Time - rows[0].Time);
            Assert.True(step >= asked);
            foreach (var series in Shelf.Series.Where(series => series.SensorType == type))
            {
                var expected = await _store.GetSeriesAsync(series.Key, from, to, (int)((to - from) / step), Cancel);
                var drawn = rows.Where(row => row.Name.StartsWith($"{series.HostName} · {series.DeviceId}", StringComparison.Ordinal)).ToArray();
                Assert.Equal(Enumerable.Range(0, (int)((to - from) / step)).Select(i => from.ToUnixTimeSeconds() + (i * (long)step.TotalSeconds)), drawn.Select(static row => row.Time));
                var values = drawn.Where(static row => row.Value is not null).ToArray();
                Assert.Equal(expected.Select(static point => point.Start.ToUnixTimeSeconds()), values.Select(static row => row.Time));
                Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First.Average * factor, pair.Second.Value!.Value, 1e-6));
                compared += expected.Count;
            }
        }

        Assert.True(compared >= Shelf.Series.Count);
    }

    [Fact]
    public void QuantityPanel_AnOutage_IsRowsWithoutAValue()
    {
        var rows = Run(Temperature, Until.AddDays(-1), Until, TimeSpan.FromMinutes(10));

        Assert.Equal(17, rows.Count(static row => row.Name.StartsWith("workshop", StringComparison.Ordinal) && row.Value is null));
        Assert.Equal(4, rows.Count(static row => row.Name.StartsWith("attic", StringComparison.Ordinal) && row.Value is null));
    }

    [Fact]
    public void QuantityPanel_VariablesChosen_HasWhatTheyLeave()
    {
        string[] Names(string[] hosts, string simulated) => [.. Run(Temperature, Until.AddHours(-3), Until, TimeSpan.FromMinutes(1), hosts, simulated).Select(static row => row.Name).Distinct()];

        Assert.Equal(["bedroom · enviro", "kitchen · enviro", "workshop · enviro"], Names([.. Shelf.Rooms], "0"));
        Assert.Equal(["attic · enviro", "kitchen · enviro"], Names(["kitchen", "attic", "it's none'); --"], "1"));
        Assert.Empty(Names(["none"], "1"));
    }

    [Fact]
    public void DeliveryPanel_AnOutage_CountsNothingInIt()
    {
        var rows = Run(Dashboard.Targets.Single(static one => KibanaObjects.Text(one.Panel, "title") == "Readings stored").Target, Until.AddHours(-10), Until, TimeSpan.FromHours(1));

        var workshop = rows.Where(static row => row.Name == "workshop · enviro").Select(static row => row.Value!.Value).ToArray();
        Assert.Equal([480, 12, 0, 0, 480, 480, 480, 480, 480, 480], workshop);
    }

    [Fact]
    public void DevicesPanel_SilentRoom_ShowsItsAge()
    {
        var target = Dashboard.Targets.Single(static one => KibanaObjects.Text(one.Panel, "title") == "Devices").Target;
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = GrafanaDashboard.Interpolate(KibanaObjects.Text(target, "rawQueryText"), GrafanaDashboard.Values(Until.AddHours(-2), Until, TimeSpan.FromMinutes(1), [.. Shelf.Rooms], [Shelf.Device], "1"));
        using var reader = command.ExecuteReader();
        var rows = new Dictionary<string, (long Age, long Readings)>();
        while (reader.Read())
        {
            Assert.Equal(Shelf.Device, reader.GetString(1));
            rows.Add(reader.GetString(0), (reader.GetInt64(2), reader.GetInt64(3)));
        }

        Assert.Equal(Shelf.Rooms, rows.Keys);
        Assert.Equal(rows["kitchen"].Age + (40 * 60), rows["attic"].Age, 90d);
        Assert.Equal((960, 648), (rows["kitchen"].Readings, rows["attic"].Readings));
    }

    [Fact]
    public void Variables_AskedFor_ListHostsAndTheirDevices()
    {
        using var connection = Open();
        string[] List(string variable, params string[] hosts)
        {
            using var command = connection.CreateCommand();
            command.CommandText = GrafanaDashboard.Interpolate(KibanaObjects.Text(Dashboard.Variable(variable), "query"), new Dictionary<string, string[]> { ["host"] = hosts });
            using var reader = command.ExecuteReader();
            Assert.Equal(1, reader.FieldCount);
            var found = new List<string>();
            while (reader.Read())
            {
                found.Add(reader.GetString(0));
            }

            return [.. found];
        }

        Assert.Equal(Shelf.Rooms, List("host"));
        Assert.Equal(["enviro"], List("device", "kitchen", "attic"));
    }

    [Fact]
    public void QuantityPanel_HowItIsRun_SearchesByKeyAndScansNoReadings()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + GrafanaDashboard.Interpolate(KibanaObjects.Text(Temperature, "rawQueryText"), GrafanaDashboard.Values(Until.AddHours(-2), Until, TimeSpan.FromMinutes(1), [.. Shelf.Rooms], [Shelf.Device], "1"));
        using var reader = command.ExecuteReader();
        var plan = new List<string>();
        while (reader.Read())
        {
            plan.Add(reader.GetString(3));
        }

        Assert.Equal(4, plan.Count(static step => step == "SEARCH r USING PRIMARY KEY (series=? AND ts>? AND ts<?)"));
        Assert.DoesNotContain(plan, static step => step.StartsWith("SCAN r", StringComparison.Ordinal) && !step.StartsWith("SCAN retained", StringComparison.Ordinal));
    }

    private static JsonElement Temperature => Dashboard.Targets.First(static one => KibanaObjects.Text(one.Panel, "title") == "Temperature").Target;

    /// <summary>As the plugin opens it: read only, also for statements that would write.</summary>
    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA query_only = 1";
        command.ExecuteNonQuery();
        return connection;
    }

    // The plugin makes a chart of rows in the order of time, with whole seconds, a name, and a number or none.
    private List<(long Time, string Name, double? Value)> Run(JsonElement target, DateTimeOffset from, DateTimeOffset to, TimeSpan interval, string[]? hosts = null, string simulated = "1")
    {
        Assert.Equal("time series", KibanaObjects.Text(target, "queryType"));
        Assert.Equal(["time"], target.GetProperty("timeColumns").EnumerateArray().Select(static one => one.GetString()));
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = GrafanaDashboard.Interpolate(KibanaObjects.Text(target, "rawQueryText"), GrafanaDashboard.Values(from, to, interval, hosts ?? [.. Shelf.Rooms], [Shelf.Device], simulated));
        using var reader = command.ExecuteReader();
        Assert.Equal(["time", "name", "value"], Enumerable.Range(0, reader.FieldCount).Select(reader.GetName));
        var rows = new List<(long Time, string Name, double? Value)>();
        while (reader.Read())
        {
            rows.Add(((long)reader.GetValue(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetDouble(2)));
        }

        Assert.Equal(rows.OrderBy(static row => row.Time), rows);
        return rows;
    }
}
