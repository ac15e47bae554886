using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ElectricBrain.Telemetry.Mqtt.Tests.Support;
using ElectricBrain.Telemetry.Sinks.Sqlite;

namespace ElectricBrain.Samples.Tests.SensorAgent;

/// <summary>The agent with several destinations, as its user sets them.</summary>
public sealed class AgentSinksTests : IDisposable
{
    private static readonly string[] Healthy = ["sqlite", "ndjson"];

    private readonly TemporaryDirectory _data = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Lines => Path.Combine(_data.Path, "lines");

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Run_BrokerAndElasticsearchDead_HealthyOnesGoOnAndARestartDeliversNothingTwice()
    {
        var broker = $"mqtt://127.0.0.1:{Mosquitto.FreePort()}";
        string[] arguments =
        [
            "--simulate", "--interval", "100ms", "--data", _data.Path, "--port", "0", "--host-name", "hostzero",
            "--ndjson", Lines, "--elasticsearch", "http://127.0.0.1:1,http://127.0.0.1:2", "--mqtt", broker,
        ];
        var first = await RunAsync(arguments, static sinks => Number(sinks["ndjson"], "delivered") > 50 && Number(sinks["elasticsearch"], "retries") > 1 && Number(sinks["mqtt"], "retries") > 1);
        Assert.Equal(["elasticsearch", "mqtt", "ndjson", "sqlite"], first.Keys.Order(StringComparer.Ordinal));
        Assert.All(Healthy, name => Assert.Equal(("running", JsonValueKind.Null), (first[name].GetProperty("state").GetString(), first[name].GetProperty("lastError").ValueKind)));
        foreach (var (name, target) in new[] { ("elasticsearch", "http://127.0.0.1:1, http://127.0.0.1:2"), ("mqtt", broker) })
        {
            Assert.Equal(("retrying", target, 0), (first[name].GetProperty("state").GetString(), first[name].GetProperty("target").GetString(), Number(first[name], "delivered")));
            Assert.True(Number(first[name], "pending") > 50);
            Assert.Contains("127.0.0.1", first[name].GetProperty("lastError").GetString(), StringComparison.Ordinal);
        }

        var second = await RunAsync(arguments, static sinks => Number(sinks["ndjson"], "delivered") > 50 && Number(sinks["sqlite"], "delivered") > 50);
        Assert.All(Healthy, name => Assert.Equal(0, Number(second[name], "duplicates")));
        Assert.True(Number(second["mqtt"], "pending") > Number(first["mqtt"], "pending"));

        var lines = Directory.GetFiles(Lines, "*.ndjson").SelectMany(File.ReadLines).ToArray();
        Assert.Equal(lines.Length, lines.Distinct(StringComparer.Ordinal).Count());
        using var store = new SqliteStore(new SqliteOptions { Path = Path.Combine(_data.Path, "readings.db") });
        var stored = 0L;
        foreach (var series in await store.ListSeriesAsync(Cancellation))
        {
            stored += (await store.GetSeriesAsync(series.Key, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue.AddDays(-1), 1, Cancellation)).Sum(static point => point.Count);
        }

        Assert.Equal(lines.Length, stored);
    }

    [Fact]
    public async Task Run_Broker_ShowsValuesAndDiscoveryToHomeAssistant()
    {
        await using var broker = await Mosquitto.StartAsync(static broker =>
        {
            using var passwords = Process.Start("mosquitto_passwd", ["-b", "-c", broker.File("passwords"), "agent", "right"]);
            passwords.WaitForExit();
            return [$"password_file {broker.File("passwords")}", "allow_anonymous true"];
        });
        var password = Path.Combine(_data.Path, "password");
        await File.WriteAllTextAsync(password, "right\n", Cancellation);
        using var agent = AgentProcess.Start(
            "--simulate", "--interval", "500ms", "--data", _data.Path, "--port", "0", "--host-name", "hostzero", "--device-id", "roof",
            "--mqtt", string.Create(CultureInfo.InvariantCulture, $"mqtt://agent@127.0.0.1:{broker.Port}"), "--mqtt-password-file", password);
        await using var dashboard = await Subscriber.ConnectAsync(broker.Port);

        using var discovery = JsonDocument.Parse(await dashboard.WaitForAsync("homeassistant/sensor/hostzero/roof-bme280_2Etemperature-temperature-simulated/config"));
        var topic = discovery.RootElement.GetProperty("state_topic").GetString()!;
        Assert.Equal(("°C", 300), (discovery.RootElement.GetProperty("unit_of_measurement").GetString(), discovery.RootElement.GetProperty("expire_after").GetInt32()));
        using var value = JsonDocument.Parse(await dashboard.WaitForAsync(topic));
        Assert.InRange(value.RootElement.GetProperty("value").GetDouble(), -40, 85);
        var availability = discovery.RootElement.GetProperty("availability")[0].GetProperty("topic").GetString()!;
        Assert.Equal("electricbrain/electricbrain-hostzero-roof/availability", availability);
        await dashboard.WaitForAsync(availability, static payload => payload == "online");

        await agent.SignalAsync("TERM");
        Assert.Equal(0, await agent.ExitAsync());
        await dashboard.WaitForAsync(availability, static payload => payload == "offline");
        Assert.DoesNotContain("right", agent.Error, StringComparison.Ordinal);
    }

    private static long Number(JsonElement sink, string member) => sink.GetProperty(member).GetInt64();

    /// <summary>Runs an agent until its destinations are as they should be, and stops it; returns them.</summary>
    private static async Task<Dictionary<string, JsonElement>> RunAsync(string[] arguments, Predicate<Dictionary<string, JsonElement>> isReached)
    {
        using var agent = AgentProcess.Start(arguments);
        using var client = new HttpClient { BaseAddress = await agent.UrlAsync() };
        var sinks = await Eventually.GetAsync(async () =>
        {
            using var status = JsonDocument.Parse(await client.GetStringAsync("api/status", Cancellation));
            var found = status.RootElement.GetProperty("sinks").EnumerateArray().ToDictionary(static sink => sink.GetProperty("name").GetString()!, static sink => sink.Clone());
            return isReached(found) ? found : null;
        });
        await agent.SignalAsync("TERM");
        Assert.Equal(0, await agent.ExitAsync());
        return sinks;
    }
}
