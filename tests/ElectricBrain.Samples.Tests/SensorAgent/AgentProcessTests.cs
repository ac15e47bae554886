using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Text.Json;
using ElectricBrain.Telemetry.Sinks.Sqlite;

namespace ElectricBrain.Samples.Tests.SensorAgent;

public sealed class AgentProcessTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Once_Json_PrintsOneCompleteDocumentAndNothingElse()
    {
        var (exitCode, output, error) = await AgentProcess.RunAsync("--once", "--format", "json", "--simulate", "--host-name", "hostzero", "--device-id", "roof");

        Assert.Equal(0, exitCode);
        Assert.Equal("", error.Trim());
        using var document = JsonDocument.Parse(output);
        var reading = document.RootElement;
        Assert.Equal(
            [
                "timestamp", "ageSeconds", "host", "device", "simulated", "temperatureCelsius", "relativeHumidityPercent", "dewPointCelsius",
                "absoluteHumidityGramsPerCubicMetre", "apparentTemperatureCelsius", "heatIndexCelsius", "humidex", "rawTemperatureCelsius", "cpuTemperatureCelsius",
                "pressurePascals", "seaLevelPressurePascals", "illuminanceLux", "proximityCounts", "gas", "particles", "sound", "sensors",
            ],
            reading.EnumerateObject().Select(static property => property.Name));
        Assert.Equal("hostzero", reading.GetProperty("host").GetString());
        Assert.Equal("roof", reading.GetProperty("device").GetString());
        Assert.True(reading.GetProperty("simulated").GetBoolean());
        Assert.Equal(JsonValueKind.Number, reading.GetProperty("illuminanceLux").ValueKind);
        Assert.Equal(
            [("bme280", "ok"), ("ltr559", "ok"), ("mics6814", "warmingUp"), ("pms5003", "warmingUp"), ("microphone", "warmingUp"), ("cpu", "ok")],
            reading.GetProperty("sensors").EnumerateArray().Select(static sensor => (sensor.GetProperty("sensor").GetString(), sensor.GetProperty("state").GetString())));
    }

    [Fact]
    public async Task Once_Table_MarksSimulatedValues()
    {
        var (exitCode, output, _) = await AgentProcess.RunAsync("--once", "--simulate");

        Assert.Equal(0, exitCode);
        Assert.Contains("SIMULATED", output, StringComparison.Ordinal);
        Assert.Contains("°C", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--once --bus 63", 3, "/dev/i2c-63", "--simulate")]
    [InlineData("--bus 63 --port 0 --data DATA", 3, "/dev/i2c-63", "--simulate")]
    [InlineData("--bus one", 2, "--bus one", "/dev/i2c-N")]
    [InlineData("--simulate --bus 1", 2, "--simulate", "exclude")]
    [InlineData("--once --header rgpiod://127.0.0.1:1", 3, "rgpiod at 127.0.0.1:1 refuses the connection", "systemctl enable --now rgpiod")]
    [InlineData("--header http://pi-zero", 2, "http://pi-zero", "rgpiod://HOST")]
    [InlineData("--header pi-zero:8889", 2, "pi-zero:8889", "rgpiod://HOST")]
    [InlineData("--header rgpiod://user@pi-zero", 2, "rgpiod://user@pi-zero", "rgpiod://HOST")]
    [InlineData("--simulate --header rgpiod://pi-zero", 2, "--header", "exclude")]
    [InlineData("--port 70000", 2, "70000", "0 to 65535")]
    [InlineData("--urls https://127.0.0.1:1", 2, "https://127.0.0.1:1", "http://")]
    [InlineData("--port 1 --urls http://127.0.0.1:1", 2, "--urls", "--port")]
    [InlineData("--board zero", 2, "--board zero", "mini or plus")]
    [InlineData("--board mini --particles", 2, "--particles", "--board plus")]
    [InlineData("--sound --header rgpiod://pi-zero", 2, "--sound", "exclude")]
    [InlineData("--altitude high", 2, "--altitude high", "-430 to 5000")]
    [InlineData("calibrate heat", 2, "--reference", "--help")]
    [InlineData("calibrate heat --reference 99", 2, "--reference 99", "-40 to 85")]
    [InlineData("calibrate gas --bus 63 --data DATA", 3, "/dev/i2c-63", "--simulate")]
    [InlineData("--interval 0s", 2, "0s", "100ms")]
    [InlineData("--format xml --once", 2, "xml", "json")]
    [InlineData("--format json", 2, "--format", "--once")]
    [InlineData("--frobnicate", 2, "--frobnicate", "--help")]
    [InlineData("--data", 2, "--data", "--help")]
    [InlineData("--elasticsearch elastic:9200", 2, "elastic:9200", "https://elastic.lan:9200")]
    [InlineData("--elasticsearch http://e --elasticsearch-ca DATA/none.pem", 2, "none.pem", "PEM")]
    [InlineData("--elasticsearch http://e --elasticsearch-ca /etc/hostname", 2, "/etc/hostname", "PEM")]
    [InlineData("--elasticsearch http://e --elasticsearch-api-key-file DATA/none", 2, "DATA/none", "readable")]
    [InlineData("--elasticsearch-ca ca.pem", 2, "--elasticsearch-ca", "--elasticsearch URL")]
    [InlineData("--mqtt http://broker", 2, "http://broker", "mqtts://broker.lan:8883")]
    [InlineData("--mqtt mqtt://agent:secret@broker", 2, "--mqtt holds a password", "--mqtt-password-file")]
    [InlineData("--mqtt mqtt://broker --mqtt-password-file /etc/hostname", 2, "--mqtt names no user", "mqtt://USER@HOST")]
    [InlineData("--mqtt mqtt://a@broker --mqtt-password-file DATA/none", 2, "DATA/none", "readable")]
    [InlineData("--mqtt mqtt://broker --mqtt-ca /etc/hostname", 2, "--mqtt-ca", "mqtts://broker")]
    [InlineData("--mqtt mqtts://broker --mqtt-ca /etc/hostname", 2, "--mqtt-ca /etc/hostname", "PEM")]
    [InlineData("--mqtt-password-file secret", 2, "--mqtt-password-file", "--mqtt URL")]
    [InlineData("--otlp collector:4318", 2, "--otlp collector:4318", "http://collector.lan:4318")]
    [InlineData("--otlp http://user:secret@collector", 2, "--otlp is not", "OTEL_EXPORTER_OTLP_HEADERS")]
    [InlineData("--keep 3", 2, "--keep 3", "30d, or forever")]
    [InlineData("--keep 12h", 2, "--keep 12h", "a day or more")]
    [InlineData("--keep 90d --keep-minutes 30d", 2, "--keep-minutes", "--keep")]
    [InlineData("--simulate --port 0 --data DATA --ndjson /proc/agent", 4, "ndjson directory /proc/agent", "--ndjson DIR")]
    [InlineData("--simulate --port 0 --data /proc/agent", 4, "/proc/agent", "--data")]
    public async Task Run_BadInput_IsOneLineWithTheThingAndTheRemedy(string arguments, int expected, string thing, string remedy)
    {
        var (exitCode, output, error) = await AgentProcess.RunAsync(arguments.Replace("DATA", _data.Path, StringComparison.Ordinal).Split(' '));

        Assert.Equal(expected, exitCode);
        Assert.Equal("", output);
        AssertOneMessage(error, thing.Replace("DATA", _data.Path, StringComparison.Ordinal), remedy);
    }

    [Fact]
    public async Task Run_PortInUse_NamesItAndTheRemedy()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var (exitCode, _, error) = await AgentProcess.RunAsync("--simulate", "--data", _data.Path, "--port", port);

        Assert.Equal(5, exitCode);
        AssertOneMessage(error, port, "--port");
    }

    [Fact]
    public async Task Run_DataDirectoryOfAnotherAgent_NamesItAndTheRemedy()
    {
        using var first = AgentProcess.Start("--simulate", "--data", _data.Path, "--port", "0");
        await first.UrlAsync();

        var (exitCode, _, error) = await AgentProcess.RunAsync("--simulate", "--data", _data.Path, "--port", "0");

        Assert.Equal(4, exitCode);
        AssertOneMessage(error, _data.Path, "--data");
    }

    [Theory]
    [InlineData("TERM", 0)]
    [InlineData("INT", 0)]
    [InlineData("KILL", 137)]
    public async Task Signal_WhileSampling_LosesNoStoredReading(string signal, int expected)
    {
        using var agent = AgentProcess.Start("--simulate", "--interval", "100ms", "--data", _data.Path, "--port", "0", "--host-name", "hostzero");
        var shown = await ReadingsAsync(await agent.UrlAsync(), 15);

        await agent.SignalAsync(signal);
        Assert.Equal(expected, await agent.ExitAsync());
        if (signal == "KILL")
        {
            // A reading is shown while it is being stored, so the last one may be lost with the power; the ones before are stored.
            shown.RemoveAt(shown.Count - 1);
            using var again = AgentProcess.Start("--simulate", "--data", _data.Path, "--port", "0", "--host-name", "hostzero");
            using var client = new HttpClient { BaseAddress = await again.UrlAsync() };
            await Eventually.BecomesTrueAsync(async () =>
            {
                using var status = JsonDocument.Parse(await client.GetStringAsync("api/status", Cancellation));
                return status.RootElement.GetProperty("outbox").GetProperty("pending").GetInt64() == 0;
            });
            await again.SignalAsync("TERM");
            Assert.Equal(0, await again.ExitAsync());
        }

        using var store = new SqliteStore(new SqliteOptions { Path = Path.Combine(_data.Path, "readings.db") });
        foreach (var instant in shown)
        {
            var point = Assert.Single(await store.GetSeriesAsync(
                "hostzero/enviro/bme280.temperature/temperature/Cel/simulated", instant, instant.AddMilliseconds(1), maxPoints: 1, Cancellation));
            Assert.Equal(1, point.Count);
        }
    }

    [Fact]
    public async Task Run_ElasticsearchAway_KeepsReadingsSaysSoOnceAndStopsPromptly()
    {
        using var agent = AgentProcess.Start(
            "--simulate", "--interval", "100ms", "--data", _data.Path, "--port", "0", "--elasticsearch", "http://127.0.0.1:1");
        using var client = new HttpClient { BaseAddress = await agent.UrlAsync() };
        JsonElement sink = default;
        await Eventually.BecomesTrueAsync(async () =>
        {
            using var status = JsonDocument.Parse(await client.GetStringAsync("api/status", Cancellation));
            sink = status.RootElement.GetProperty("sinks").EnumerateArray().Single(static one => one.GetProperty("name").GetString() == "elasticsearch").Clone();
            return sink.GetProperty("retries").GetInt64() >= 2;
        });

        Assert.Equal("retrying", sink.GetProperty("state").GetString());
        Assert.Equal("http://127.0.0.1:1", sink.GetProperty("target").GetString());
        Assert.Contains("127.0.0.1:1", sink.GetProperty("lastError").GetString(), StringComparison.Ordinal);
        Assert.True(sink.GetProperty("pending").GetInt64() > 0);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("healthz", Cancellation)).StatusCode);
        Assert.Single(agent.Error.Split('\n'), static line => line.Contains("warn:", StringComparison.Ordinal) && line.Contains("elasticsearch", StringComparison.Ordinal));
        await agent.SignalAsync("TERM");
        Assert.Equal(0, await agent.ExitAsync());
    }

    private static async Task<List<DateTimeOffset>> ReadingsAsync(Uri url, int count)
    {
        using var client = new HttpClient { BaseAddress = url };
        await using var stream = await client.GetStreamAsync("api/events", Cancellation);
        var instants = new List<DateTimeOffset>();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(Cancellation))
        {
            if (item.EventType != "reading")
            {
                continue;
            }

            using var document = JsonDocument.Parse(item.Data);
            var timestamp = document.RootElement.GetProperty("timestamp").GetDateTimeOffset();
            instants.Add(DateTimeOffset.FromUnixTimeMilliseconds(timestamp.ToUnixTimeMilliseconds()));
            if (instants.Count == count)
            {
                break;
            }
        }

        return instants;
    }

    private static void AssertOneMessage(string error, string thing, string remedy)
    {
        var messages = error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(static line => line.StartsWith("SensorAgent: ", StringComparison.Ordinal));
        var message = Assert.Single(messages);
        Assert.Contains(thing, message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", error, StringComparison.Ordinal);
    }
}
