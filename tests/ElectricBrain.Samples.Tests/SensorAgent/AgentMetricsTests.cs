using System.Globalization;
using System.Text.Json;

namespace ElectricBrain.Samples.Tests.SensorAgent;

/// <summary>What the agent tells monitoring systems, as they see it.</summary>
public sealed class AgentMetricsTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Metrics_RealPrometheus_HasValuesWithLabels()
    {
        await using var agent = await RunningAgent.StartAsync(_data.Path, metrics: true);
        using var prometheus = Prometheus.Start(agent.Url);

        var temperature = Assert.Single(await prometheus.QueryAsync("electricbrain_reading_temperature_celsius"));
        var labels = temperature.GetProperty("metric");
        Assert.Equal(
            ("pi-in-test", "enviro", "bme280", "true", "agents"),
            (Label("host"), Label("device"), Label("sensor"), Label("simulated"), Label("job")));
        Assert.InRange(Value(temperature), -40, 85);
        Assert.InRange(Value(Assert.Single(await prometheus.QueryAsync("electricbrain_reading_humidity_ratio"))), 0, 1);
        Assert.InRange(Value(Assert.Single(await prometheus.QueryAsync("electricbrain_reading_pressure_pascals"))), 30_000, 110_000);
        Assert.InRange(Value(Assert.Single(await prometheus.QueryAsync("electricbrain_reading_pm10_grams_per_cubic_meter"))), 1e-6, 500e-6);
        Assert.InRange(Value(Assert.Single(await prometheus.QueryAsync("electricbrain_telemetry_sink_delivered_total{sink=\"sqlite\"} > 0"))), 1, double.MaxValue);
        Assert.InRange(Value(Assert.Single(await prometheus.QueryAsync("dotnet_process_memory_working_set_bytes"))), 1 << 20, 1L << 40);

        // A tenth of a second apart, so ten a second.
        Assert.InRange(Value(Assert.Single(await prometheus.QueryAsync("rate(electricbrain_sensors_samples_total{sensor=\"BME280\"}[10s]) > 1"))), 1, 11);

        string? Label(string name) => labels.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Metrics_Promtool_FindsNothingToComplainAbout()
    {
        await using var agent = await RunningAgent.StartAsync(_data.Path, metrics: true);
        var scrape = await ScrapeAsync(agent, static scrape => scrape.Contains("electricbrain_reading_sound_level_decibels", StringComparison.Ordinal));

        Assert.Equal("", await Prometheus.CheckAsync(scrape));
        Assert.Contains("# TYPE electricbrain_sensors_sample_duration_seconds histogram", scrape, StringComparison.Ordinal);
        Assert.Contains("le=\"0.025\"", scrape, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_SensorUnplugged_ItsValuesAreMissingAndNotOld()
    {
        const string Temperature = "electricbrain_reading_temperature_celsius{";
        await using var agent = await RunningAgent.StartAsync(_data.Path, metrics: true);
        await ScrapeAsync(agent, static scrape => scrape.Contains(Temperature, StringComparison.Ordinal));

        agent.Chips.Bme280.IsConnected = false;
        var scrape = await ScrapeAsync(agent, static scrape => scrape.Contains("electricbrain_sensor_up", StringComparison.Ordinal) && !scrape.Contains(Temperature, StringComparison.Ordinal));
        Assert.Contains("electricbrain_reading_illuminance_lux{", scrape, StringComparison.Ordinal);
        await ScrapeAsync(agent, static scrape => scrape.Split('\n').Any(static line => line.Contains("sensor_up{", StringComparison.Ordinal) && line.Contains("bme280", StringComparison.Ordinal) && line.EndsWith(" 0", StringComparison.Ordinal)));

        agent.Chips.Bme280.IsConnected = true;
        await ScrapeAsync(agent, static scrape => scrape.Contains(Temperature, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_NotAskedFor_AreNotThere()
    {
        await using var agent = await RunningAgent.StartAsync(_data.Path);

        using var answer = await agent.Client.GetAsync("metrics", Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Otlp_Collector_GetsValuesInUcumUnitsAndLogEntries()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        using var agent = AgentProcess.Start(
            [("OTEL_METRIC_EXPORT_INTERVAL", "300"), ("OTEL_BLRP_SCHEDULE_DELAY", "300")],
            ["--simulate", "--data", _data.Path, "--port", "0", "--host-name", "hostzero", "--otlp", collector.Url.ToString()]);

        var temperature = await Eventually.GetAsync(() => Task.FromResult(collector.Points.GetValueOrDefault("electricbrain.reading.temperature")));
        Assert.Equal(("Cel", "hostzero", "enviro", "bme280", "true"), (temperature.Unit, temperature.Labels["host"], temperature.Labels["device"], temperature.Labels["sensor"], temperature.Labels["simulated"]));
        Assert.InRange(temperature.Value, -40, 85);
        Assert.InRange((await Eventually.GetAsync(() => Task.FromResult(collector.Points.GetValueOrDefault("electricbrain.reading.humidity")))).Value, 1, 100);
        await Eventually.BecomesTrueAsync(() => Task.FromResult(collector.Points.TryGetValue("electricbrain.telemetry.sink.delivered", out var delivered) && delivered.Value > 0));
        await Eventually.BecomesTrueAsync(() => Task.FromResult(collector.Logs.Any(static entry => entry.StartsWith("SIMULATED: ", StringComparison.Ordinal))));
        await agent.SignalAsync("TERM");
        Assert.Equal(0, await agent.ExitAsync());
    }

    [Fact]
    public async Task Otlp_NobodyListens_AgentIsUnharmed()
    {
        using var agent = AgentProcess.Start(
            [("OTEL_METRIC_EXPORT_INTERVAL", "100")], ["--simulate", "--interval", "100ms", "--data", _data.Path, "--port", "0", "--otlp", "http://127.0.0.1:1"]);
        using var client = new HttpClient { BaseAddress = await agent.UrlAsync() };

        await Eventually.BecomesTrueAsync(async () =>
        {
            using var status = JsonDocument.Parse(await client.GetStringAsync("api/status", Cancellation));
            return status.RootElement.GetProperty("readings").GetInt64() > 20 && status.RootElement.GetProperty("sinks")[0].GetProperty("delivered").GetInt64() > 50;
        });
        using var health = JsonDocument.Parse(await client.GetStringAsync("healthz", Cancellation));
        Assert.Equal("healthy", health.RootElement.GetProperty("status").GetString());
        await agent.SignalAsync("TERM");
        Assert.Equal(0, await agent.ExitAsync());
        Assert.DoesNotContain("fail:", agent.Error, StringComparison.Ordinal);
    }

    private static double Value(JsonElement series) => double.Parse(series.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture);

    private static Task<string> ScrapeAsync(RunningAgent agent, Predicate<string> fits) => Eventually.GetAsync(async () =>
    {
        var scrape = await agent.Client.GetStringAsync("metrics", Cancellation);
        return fits(scrape) ? scrape : null;
    });
}
