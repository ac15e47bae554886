using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using ElectricBrain.Telemetry.Sinks.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ElectricBrain.Samples.Tests.SensorAgent;

public sealed class AgentApiTests : IAsyncLifetime
{
    private static readonly string[] Quantities =
    [
        "temperature", "humidity", "pressure", "dew_point", "sea_level_pressure", "raw_temperature", "cpu_temperature", "illuminance", "proximity",
        "reducing_gases", "oxidising_gases", "ammonia", "pm1", "pm2_5", "pm10", "sound_level",
    ];

    private static readonly string[] Columns = ["startUnixMilliseconds", "count", "minimum", "average", "maximum"];
    private readonly TemporaryDirectory _data = new();
    private RunningAgent _agent = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _agent = await RunningAgent.StartAsync(_data.Path);

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task Current_SimulatedHat_HasEveryValueAndTheMark()
    {
        var current = await CurrentAsync(static reading => reading.GetProperty("sensors").EnumerateArray().All(static sensor => sensor.GetProperty("state").GetString() == "ok"));

        Assert.True(current.GetProperty("simulated").GetBoolean());
        Assert.Equal("pi-in-test", current.GetProperty("host").GetString());
        Assert.Equal("enviro", current.GetProperty("device").GetString());
        Assert.InRange(current.GetProperty("temperatureCelsius").GetDouble(), -40, 85);
        Assert.InRange(current.GetProperty("relativeHumidityPercent").GetDouble(), 0, 100);
        Assert.InRange(current.GetProperty("pressurePascals").GetDouble(), 30_000, 110_000);
        Assert.InRange(current.GetProperty("illuminanceLux").GetDouble(), 0, 200_000);
        Assert.InRange(current.GetProperty("proximityCounts").GetInt32(), 0, 2047);
        Assert.InRange(current.GetProperty("dewPointCelsius").GetDouble(), -40, 30);
        Assert.InRange(current.GetProperty("rawTemperatureCelsius").GetDouble() - current.GetProperty("temperatureCelsius").GetDouble(), 4, 12);
        Assert.InRange(current.GetProperty("seaLevelPressurePascals").GetDouble() - current.GetProperty("pressurePascals").GetDouble(), 4_000, 6_000);
        Assert.InRange(current.GetProperty("gas").GetProperty("oxidising").GetProperty("ratio").GetDouble(), 0.1, 100);
        Assert.InRange(current.GetProperty("particles").GetProperty("pm10MicrogramsPerCubicMetre").GetInt32(), 1, 500);
        Assert.InRange(current.GetProperty("sound").GetProperty("laeqDecibels").GetDouble(), 20, 80);
        Assert.Equal(
            ["bme280", "ltr559", "mics6814", "pms5003", "microphone", "cpu"],
            current.GetProperty("sensors").EnumerateArray().Select(static sensor => sensor.GetProperty("sensor").GetString()));
    }

    [Fact]
    public async Task Current_SensorUnplugged_HasNullAndTheReasonWhileTheOtherGoesOn()
    {
        await SettledAsync();
        _agent.Chips.Bme280.IsConnected = false;

        var first = await CurrentAsync(static reading => reading.GetProperty("temperatureCelsius").ValueKind == JsonValueKind.Null);
        var current = await CurrentAsync(static reading => reading.GetProperty("sensors")[0].GetProperty("state").GetString() == "failed");

        Assert.Equal("retrying", first.GetProperty("sensors")[0].GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Number, current.GetProperty("illuminanceLux").ValueKind);
        var failed = current.GetProperty("sensors")[0];
        Assert.Equal("noAnswer", failed.GetProperty("fault").GetString());
        Assert.Contains("0x76", failed.GetProperty("message").GetString(), StringComparison.Ordinal);
        var health = await JsonAsync("healthz");
        Assert.Equal("degraded", health.GetProperty("status").GetString());

        _agent.Chips.Bme280.IsConnected = true;
        await SettledAsync();
    }

    [Fact]
    public async Task Healthz_EverySensorUnplugged_Is503WithTheReasons()
    {
        await SettledAsync();
        Assert.Equal(HttpStatusCode.OK, (await _agent.Client.GetAsync("healthz", Cancellation)).StatusCode);
        _agent.Chips.Bme280.IsConnected = _agent.Chips.Ltr559.IsConnected = _agent.Chips.Ads1015.IsConnected = false;
        _agent.Chips.Pms5003.Line.IsConnected = false;
        _agent.Chips.Microphone.IsConnected = false;

        await Eventually.BecomesTrueAsync(async () => (await _agent.Client.GetAsync("healthz", Cancellation)).StatusCode == HttpStatusCode.ServiceUnavailable);

        var health = await JsonAsync("healthz");
        Assert.Equal("unhealthy", health.GetProperty("status").GetString());
        Assert.Equal(5, health.GetProperty("reasons").GetArrayLength());
    }

    [Fact]
    public async Task History_ReadingsStored_HasEachOfThemInItsSpan()
    {
        await SettledAsync();
        await Eventually.BecomesTrueAsync(async () => (await JsonAsync("api/series")).GetArrayLength() == Quantities.Length);

        var history = await JsonAsync("api/history?window=5m&maxPoints=300");

        Assert.Equal(1, history.GetProperty("spanSeconds").GetDouble());
        var series = history.GetProperty("series").EnumerateArray().ToArray();
        Assert.Equal(Quantities, series.Select(static one => one.GetProperty("quantity").GetString()));
        foreach (var one in series)
        {
            Assert.NotEqual(0, one.GetProperty("average").GetArrayLength());
            Assert.All(one.GetProperty("startUnixMilliseconds").EnumerateArray(), static start => Assert.Equal(0, start.GetInt64() % 1000));
            var lengths = Columns.Select(name => one.GetProperty(name).GetArrayLength());
            Assert.Single(lengths.Distinct());
        }
    }

    [Fact]
    public async Task Series_ReadingsStored_ListsThemAsSimulatedAndAnswersByKey()
    {
        await SettledAsync();
        await Eventually.BecomesTrueAsync(async () => (await JsonAsync("api/series")).GetArrayLength() >= 5);

        var series = (await JsonAsync("api/series")).EnumerateArray().Single(static one => one.GetProperty("quantity").GetString() == "pressure");

        Assert.True(series.GetProperty("simulated").GetBoolean());
        Assert.Equal("Pa", series.GetProperty("unit").GetString());
        var key = Uri.EscapeDataString(series.GetProperty("key").GetString()!);
        var history = await JsonAsync($"api/history?window=5m&series={key}");
        Assert.NotEqual(0, history.GetProperty("series")[0].GetProperty("count").GetArrayLength());
    }

    [Theory]
    [InlineData("api/history?window=soon", "window")]
    [InlineData("api/history?maxPoints=0", "maxPoints")]
    [InlineData("api/history?quantity=smell", "quantity")]
    [InlineData("api/history?quantity=pressure&series=x", "series")]
    [InlineData("api/history?from=2030-01-02T00:00:00Z&to=2030-01-01T00:00:00Z", "from")]
    public async Task History_UnusableParameter_Is400AndNamesIt(string path, string name)
    {
        var answer = await _agent.Client.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var error = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.StartsWith(name, error.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_Open_SendStatusAndThenReadingsAndEndWhenTheAgentStops()
    {
        await using var stream = await _agent.Client.GetStreamAsync("api/events", Cancellation);
        var kinds = new List<string>();
        DateTimeOffset? before = null;
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(Cancellation))
        {
            kinds.Add(item.EventType);
            using var document = JsonDocument.Parse(item.Data);
            if (item.EventType == "reading")
            {
                var timestamp = document.RootElement.GetProperty("timestamp").GetDateTimeOffset();
                Assert.True(before is null || timestamp > before);
                before = timestamp;
            }

            if (kinds.Count == 5)
            {
                _agent.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            }
        }

        Assert.Equal("status", kinds[0]);
        Assert.Equal(["reading"], kinds.Skip(1).Distinct().Take(1));
    }

    [Theory]
    [InlineData("", "text/html")]
    [InlineData("js/app.js", "text/javascript")]
    [InlineData("css/agent.css", "text/css")]
    [InlineData("lib/uplot/uPlot.iife.min.js", "text/javascript")]
    [InlineData("icon.svg", "image/svg+xml")]
    [InlineData("api/status", "application/json")]
    public async Task Get_AnyResource_CarriesTypeAndSecurityHeaders(string path, string type)
    {
        var answer = await _agent.Client.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("POST", "api/current")]
    [InlineData("DELETE", "api/history")]
    public async Task Write_AnyEndpoint_IsNotAllowed(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _agent.Client.SendAsync(request, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Stop_ReadingsShown_AreAllInTheStore()
    {
        await SettledAsync();
        await Eventually.BecomesTrueAsync(async () => (await StatusAsync()).GetProperty("readings").GetInt64() >= 10);
        var last = (await JsonAsync("api/current")).GetProperty("timestamp").GetDateTimeOffset();
        await _agent.DisposeAsync();

        using var store = new SqliteStore(new SqliteOptions { Path = Path.Combine(_data.Path, "readings.db") });
        var stored = (await store.GetLatestAsync(Cancellation)).Single(static record => record.Series.SensorType == "temperature");

        Assert.True(stored.Timestamp.ToUnixTimeMilliseconds() >= last.ToUnixTimeMilliseconds());
    }

    /// <summary>Climate and light are there; the others take seconds.</summary>
    private Task<JsonElement> SettledAsync() =>
        CurrentAsync(static reading => reading.GetProperty("sensors").EnumerateArray().Take(2).All(static sensor => sensor.GetProperty("state").GetString() == "ok"));

    private async Task<JsonElement> CurrentAsync(Func<JsonElement, bool> wanted)
    {
        JsonElement found = default;
        await Eventually.BecomesTrueAsync(async () =>
        {
            var answer = await _agent.Client.GetAsync("api/current", Cancellation);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return false;
            }

            found = await ReadAsync(answer);
            return wanted(found);
        });
        return found;
    }

    private Task<JsonElement> StatusAsync() => JsonAsync("api/status");

    private async Task<JsonElement> JsonAsync(string path) => await ReadAsync(await _agent.Client.GetAsync(path, Cancellation));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        return document.RootElement.Clone();
    }
}
