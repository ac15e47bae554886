using System.Text.Json;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Sinks;

namespace ElectricBrain.Samples.Tests.SensorAgent;

/// <summary>The command <c>outbox</c> as it is used from a shell.</summary>
public sealed class OutboxCommandTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Outbox => Path.Combine(_data.Path, "outbox");

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Status_Json_TellsHowFarEachSinkIs()
    {
        await FillAsync();
        var (exitCode, output, error) = await AgentProcess.RunAsync("outbox", "status", "--data", _data.Path, "--format", "json");
        Assert.Equal((0, ""), (exitCode, error.Trim()));
        var report = JsonDocument.Parse(output).RootElement;
        Assert.Equal((Outbox, 1, 12), (report.GetProperty("directory").GetString(), report.GetProperty("firstSequence").GetInt64(), report.GetProperty("lastSequence").GetInt64()));
        var sink = Assert.Single(report.GetProperty("sinks").EnumerateArray());
        Assert.Equal(("shop", 12, 2), (sink.GetProperty("sink").GetString(), sink.GetProperty("position").GetInt64(), sink.GetProperty("deadLetters").GetInt64()));
    }

    [Fact]
    public async Task Status_AgentRuns_NamesItsProcessAndLetsItBe()
    {
        using var agent = AgentProcess.Start("--simulate", "--port", "0", "--data", _data.Path, "--interval", "100ms");
        await agent.UrlAsync();
        var (exitCode, output, _) = await AgentProcess.RunAsync("outbox", "status", "--data", _data.Path);
        Assert.Equal(0, exitCode);
        Assert.Contains("in use by process", output, StringComparison.Ordinal);
        Assert.Contains("sqlite", output, StringComparison.Ordinal);

        var (refused, _, error) = await AgentProcess.RunAsync("outbox", "replay", "--from", "1", "--data", _data.Path);
        Assert.Equal(4, refused);
        Assert.Contains("by a stopped agent only", error, StringComparison.Ordinal);
        await agent.SignalAsync("TERM");
        Assert.Equal(0, await agent.ExitAsync());
    }

    [Fact]
    public async Task Verify_DamagedRecord_HasAnExitCodeOfItsOwn()
    {
        await FillAsync();
        Assert.Equal(0, (await AgentProcess.RunAsync("outbox", "verify", "--data", _data.Path)).ExitCode);
        var segment = Directory.GetFiles(Outbox, "*.seg").Single();
        var contents = await File.ReadAllBytesAsync(segment, Cancellation);
        contents[contents.AsSpan().IndexOf("\"value\":3}"u8)] ^= 1;
        await File.WriteAllBytesAsync(segment, contents, Cancellation);
        var (exitCode, output, _) = await AgentProcess.RunAsync("outbox", "verify", "--data", _data.Path, "--format", "json");
        Assert.Equal((6, 1), (exitCode, JsonDocument.Parse(output).RootElement.GetProperty("corrupt").GetInt64()));
    }

    [Fact]
    public async Task ExportAndReplay_RoundTrip_OffersEachDeadLetterOnce()
    {
        await FillAsync();
        var (_, exported, _) = await AgentProcess.RunAsync("outbox", "export", "--data", _data.Path, "--from", "3", "--to", "4");
        Assert.Equal([2.0, 3.0], exported.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("value").GetDouble()));

        var (exitCode, output, _) = await AgentProcess.RunAsync("outbox", "replay", "--dead-letters", "shop", "--data", _data.Path, "--format", "json");
        Assert.Equal((0, 2), (exitCode, JsonDocument.Parse(output).RootElement.GetProperty("offered").GetInt64()));
        var shop = new Shop(RecordFate.Stored);
        await RunAsync(shop, []);
        Assert.Equal(2, shop.Offered);
    }

    [Fact]
    public async Task Replay_Range_OffersThatRangeOnce()
    {
        await FillAsync();
        var (exitCode, output, _) = await AgentProcess.RunAsync("outbox", "replay", "--from", "2", "--until", "4", "--data", _data.Path, "--format", "json");
        Assert.Equal((0, 3), (exitCode, JsonDocument.Parse(output).RootElement.GetProperty("offered").GetInt64()));
        var shop = new Shop(RecordFate.Stored);
        await RunAsync(shop, []);
        Assert.Equal(3, shop.Offered);
    }

    [Theory]
    [InlineData("outbox status --data MISSING", 4, "There is no outbox")]
    [InlineData("outbox replay --data DATA", 2, "--dead-letters NAME or --from N")]
    [InlineData("outbox replay --data DATA --dead-letters other", 2, "there are: shop")]
    [InlineData("outbox replay --data DATA --from 0", 2, "from")]
    [InlineData("outbox replay --data DATA --until 5", 2, "--until needs --from N")]
    [InlineData("outbox replay --data DATA --from 6 --until 5", 2, "--until is before --from")]
    [InlineData("outbox replay --data DATA --from 1 --until 5 --sink shop", 2, "exclude each other")]
    [InlineData("outbox frobnicate", 2, "Required command")]
    public async Task Outbox_WrongUse_IsOneLineAndAnExitCode(string arguments, int expected, string message)
    {
        await FillAsync();
        var (exitCode, _, error) = await AgentProcess.RunAsync(arguments.Split(' ').Select(argument => argument switch
        {
            "DATA" => _data.Path,
            "MISSING" => Path.Combine(_data.Path, "missing"),
            _ => argument,
        }).ToArray());
        Assert.Equal(expected, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    /// <summary>Twelve records, two of which were refused.</summary>
    private Task FillAsync()
    {
        var series = new TelemetrySeries { HostName = "host", DeviceId = "enviro", SensorId = "a", SensorType = "b", Unit = "1" };
        return RunAsync(new Shop(RecordFate.Rejected), Enumerable.Range(0, 12).Select(i => new TelemetryRecord(series, DateTimeOffset.UnixEpoch.AddDays(20_000).AddSeconds(i), i)).ToArray());
    }

    private async Task RunAsync(Shop shop, TelemetryRecord[] records)
    {
        var pipeline = new TelemetryPipeline(new TelemetryOptions { OutboxDirectory = Outbox, DrainTimeout = TimeSpan.FromMinutes(1) }, [shop]);
        await pipeline.StartAsync(Cancellation);
        await pipeline.WriteAsync(records, Cancellation);
        await pipeline.StopAsync(Cancellation);
    }

    /// <summary>A sink that decides on the records 5 and 6 as it is told, and takes all others.</summary>
    private sealed class Shop(RecordFate fate) : ITelemetrySink
    {
        public string Name => "shop";

        public BatchLimits Limits { get; } = new(100, 1 << 20, TimeSpan.Zero);

        public int Offered { get; private set; }

        public ValueTask<SinkOutcome> WriteAsync(TelemetryBatch batch, CancellationToken cancellationToken)
        {
            Offered += batch.Count;
            for (var i = 0; i < batch.Count; i++)
            {
                batch.Settle(i, batch.SequenceOf(i) is 6 or 7 ? fate : RecordFate.Stored, "for a test");
            }

            return ValueTask.FromResult(SinkOutcome.Completed());
        }
    }
}
