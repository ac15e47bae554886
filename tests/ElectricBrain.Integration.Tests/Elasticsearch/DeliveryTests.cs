using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ElectricBrain.Integration.Tests.Lab;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using ElectricBrain.Telemetry.Sinks.Sqlite;

namespace ElectricBrain.Integration.Tests.Elasticsearch;

/// <summary>Records on their way into a real Elasticsearch.</summary>
public sealed class DeliveryTests(LabFixture lab)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WriteAsync_EmptyServer_BootstrapsAndStoresWithTheRightDimensions()
    {
        using var agent = await AgentAsync();
        var temperature = AgentOutbox.Records(AgentOutbox.Series("bme280.temperature"), 300);
        var pressure = AgentOutbox.Records(AgentOutbox.Series("bme280.pressure", "pressure", "Pa", "host \"two\"/é"), 300);
        var pipeline = await agent.StartAsync(Cancel);
        await pipeline.WriteAsync(temperature, Cancel);
        await pipeline.WriteAsync(pressure, Cancel);
        await pipeline.StopAsync(Cancel);
        Assert.Equal((600, 0, 0, 0), Counts(pipeline));

        using var stream = Stream(agent);
        var documents = await stream.DocumentsAsync(Cancel);
        Assert.Equal(300, documents.Count(static document => document.GetProperty("sensor").GetProperty("id").GetString() == "bme280.temperature"));
        var other = documents.Where(static document => document.GetProperty("sensor").GetProperty("type").GetString() == "pressure").ToArray();
        Assert.All(other, static document => Assert.Equal("host \"two\"/é", document.GetProperty("host").GetProperty("name").GetString()));
        Assert.Equal(pressure.Select(static record => record.Value), other.Select(static document => document.GetProperty("value").GetDouble()));
        Assert.Equal(pressure.Select(static record => record.Timestamp), other.Select(static document => document.GetProperty("@timestamp").GetDateTimeOffset()));

        var settings = (await stream.GetAsync("STREAM/_settings?flat_settings=true", Cancel)).EnumerateObject().Single().Value.GetProperty("settings");
        Assert.Equal("time_series", settings.GetProperty("index.mode").GetString());
        Assert.Equal("0", settings.GetProperty("index.number_of_replicas").GetString());
        var mapping = (await stream.GetAsync("STREAM/_mapping", Cancel)).EnumerateObject().Single().Value.GetProperty("mappings").GetProperty("properties");
        foreach (var (name, field) in new[] { ("host", "name"), ("device", "id"), ("sensor", "id"), ("sensor", "type") })
        {
            Assert.True(mapping.GetProperty(name).GetProperty("properties").GetProperty(field).GetProperty("time_series_dimension").GetBoolean());
        }
    }

    [Fact]
    public async Task WriteAsync_OutboxReplayed_CountsDuplicatesAndStoresNothingTwice()
    {
        using var agent = await AgentAsync();
        await using (var filling = new TelemetryPipeline(WithShortDrain(agent.Options), [new AwaySink()]))
        {
            await filling.StartAsync(Cancel);
            await filling.WriteAsync(AgentOutbox.Records(AgentOutbox.Series("a"), 1200), Cancel);
        }

        var copy = Directory.CreateDirectory(agent.File("copy")).FullName;
        foreach (var file in Directory.GetFiles(agent.Options.OutboxDirectory))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        agent.Options.DrainTimeout = TimeSpan.FromMinutes(1);
        var first = await agent.StartAsync(Cancel);
        await first.StopAsync(Cancel);
        Assert.Equal((1200, 0, 0, 0), Counts(first));

        agent.Options.OutboxDirectory = copy;
        var replay = await agent.StartAsync(Cancel);
        await replay.StopAsync(Cancel);
        Assert.Equal((0, 1200, 0, 0), Counts(replay));
        using var stream = Stream(agent);
        Assert.Equal(1200, (await stream.DocumentsAsync(Cancel)).Count);
    }

    [Fact]
    public async Task WriteAsync_OlderThanTheServerTakes_IsStoredBesideOnceAndFoundByQueries()
    {
        using var agent = await AgentAsync();
        var series = AgentOutbox.Series("a");
        var records = AgentOutbox.Records(series, 10);
        var late = records.Take(3).Select(static record => record with { Timestamp = record.Timestamp.AddDays(-30) }).ToArray();
        for (var run = 0; run < 2; run++)
        {
            // The second time as another agent that was given the same records.
            agent.Options.OutboxDirectory = agent.File($"run {run}");
            var pipeline = await agent.StartAsync(Cancel);
            await pipeline.WriteAsync(late.Concat(records).ToArray(), Cancel);
            await pipeline.StopAsync(Cancel);
            Assert.Equal(run == 0 ? (13, 0, 0, 0) : (0, 13, 0, 0), Counts(pipeline));
        }

        using var store = new SqliteStore(new SqliteOptions { Path = agent.File("store.db") });
        var local = new TelemetryPipeline(new TelemetryOptions { OutboxDirectory = agent.File("local"), DrainTimeout = TimeSpan.FromMinutes(1) }, [store]);
        await local.StartAsync(Cancel);
        await local.WriteAsync(late.Concat(records).ToArray(), Cancel);
        await local.StopAsync(Cancel);

        using var stream = Stream(agent);
        await stream.RefreshAsync(Cancel);
        using var query = new ElasticsearchQuery(agent.Elasticsearch);
        var (from, to) = (late[0].Timestamp, records[^1].Timestamp.AddSeconds(1));
        Assert.Equal(
            await store.GetSeriesAsync(series.Key, from, to, 100_000, Cancel),
            await query.GetSeriesAsync(series.Key, from, to, 100_000, Cancel));
        Assert.Equal(await store.GetLatestAsync(Cancel), await query.GetLatestAsync(Cancel));
        Assert.Equal([series], await query.ListSeriesAsync(Cancel));
    }

    [Theory]
    [InlineData("index.blocks.read_only", "FORBIDDEN/5")]
    [InlineData("index.blocks.write", "FORBIDDEN/8")]
    [InlineData("index.blocks.read_only_allow_delete", "TOO_MANY_REQUESTS/12")]
    public async Task WriteAsync_AnyBlock_KeepsTheRecordsUntilItIsLifted(string block, string reason)
    {
        using var agent = await AgentAsync();
        using var stream = Stream(agent);
        await using var pipeline = await agent.StartAsync(Cancel);
        await pipeline.WriteAsync(AgentOutbox.Records(AgentOutbox.Series("a"), 10), Cancel);
        await pipeline.UntilAsync(static sink => sink.Delivered == 10);

        await stream.PutSettingAsync($$"""{"{{block}}":true}""", Cancel);
        await pipeline.WriteAsync(AgentOutbox.Records(AgentOutbox.Series("b"), 10), Cancel);
        await pipeline.UntilAsync(static sink => sink.LastError is not null);
        Assert.Contains("cluster_block_exception", pipeline.GetStatus().Sinks[0].LastError, StringComparison.Ordinal);
        Assert.Contains(reason, pipeline.GetStatus().Sinks[0].LastError, StringComparison.Ordinal);

        await stream.PutSettingAsync($$"""{"{{block}}":null}""", Cancel);
        await pipeline.UntilAsync(static sink => sink.Pending == 0);
        Assert.Equal((20, 0, 0, 0), Counts(pipeline));
        Assert.Equal(20, (await stream.DocumentsAsync(Cancel)).Count);
    }

    [Fact]
    public async Task WriteAsync_FailureStoreOfAnOperatorsTemplate_CountsNothingInItAsStored()
    {
        using var agent = await AgentAsync();
        agent.Elasticsearch.ManageTemplate = false;
        using var stream = Stream(agent);
        await stream.PutAsync(
            $"_index_template/{agent.Elasticsearch.Namespace}",
            $$$"""
            {"index_patterns":["{{{agent.Elasticsearch.DataStream}}}"],"data_stream":{},"priority":900,
            "template":{"mappings":{"properties":{"value":{"type":"ip"} } },"data_stream_options":{"failure_store":{"enabled":true} } } }
            """,
            Cancel);
        var pipeline = await agent.StartAsync(Cancel);
        await pipeline.WriteAsync(new[] { new TelemetryRecord(AgentOutbox.Series("a"), TimeProvider.System.GetUtcNow(), 1.5) }, Cancel);
        await pipeline.StopAsync(Cancel);
        Assert.Equal((0, 0, 0, 1), Counts(pipeline));
        Assert.Contains("failure store", await File.ReadAllTextAsync(Path.Combine(agent.Options.OutboxDirectory, "dead-letters.elasticsearch.ndjson"), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_NothingListens_SaysSoKeepsTheRecordsAndFeedsTheOtherStore()
    {
        using var agent = new AgentOutbox(new Uri("http://127.0.0.1:1"));
        WithShortDrain(agent.Options);
        using var store = new SqliteStore(new SqliteOptions { Path = agent.File("store.db") });
        var pipeline = await agent.StartAsync(Cancel, store);
        await pipeline.WriteAsync(AgentOutbox.Records(AgentOutbox.Series("a"), 50), Cancel);
        await pipeline.StopAsync(Cancel);

        var status = pipeline.GetStatus().Sinks;
        Assert.StartsWith("Elasticsearch at http://127.0.0.1:1 cannot be reached: ", status[0].LastError, StringComparison.Ordinal);
        Assert.Equal((50, 0), (status[0].Pending, status[0].Delivered));
        Assert.Equal((0, 50), (status[1].Pending, status[1].Delivered));
    }

    [Fact]
    public async Task WriteAsync_ServerKilledMidStream_StoresEveryRecordExactlyOnce()
    {
        await using var node = await lab.Elasticsearch.StartAsync("telemetry", Cancel, "--set", "http.max_content_length=16kb", "--set", "indexing_pressure.memory.limit=40kb");
        using var agent = new AgentOutbox(node.Url);
        var series = AgentOutbox.Series("a");
        var records = AgentOutbox.Records(series, 12_000);
        var pipeline = await agent.StartAsync(Cancel);
        for (var i = 0; i < records.Length; i += 100)
        {
            await pipeline.WriteAsync(records.AsMemory(i, 100), Cancel);
            if (i == 3000)
            {
                await pipeline.UntilAsync(static sink => sink.Delivered > 500);
                await node.KillAsync(Cancel);
            }

            if (i == 9000)
            {
                // The agent goes too, and another one takes up where it was.
                agent.Options.DrainTimeout = TimeSpan.Zero;
                await pipeline.StopAsync(Cancel);
                await node.RestartAsync(Cancel);
                agent.Options.DrainTimeout = TimeSpan.FromMinutes(1);
                pipeline = await agent.StartAsync(Cancel);
            }
        }

        await pipeline.StopAsync(Cancel);
        Assert.Equal(0, pipeline.GetStatus().Sinks[0].Pending);
        using var stream = new SensorStream(node.Url, agent.Elasticsearch);
        Assert.Equal(records.Select(static record => record.Value), (await stream.DocumentsAsync(Cancel)).Select(static document => document.GetProperty("value").GetDouble()));
    }

    [Fact]
    public async Task WriteAsync_SecuredServer_NeedsTheRightCredentialsAndTheRightAuthority()
    {
        await using var node = await lab.Elasticsearch.StartAsync("secure", Cancel, "--secure");
        var password = (await File.ReadAllTextAsync(Path.Combine(node.Folder, "password"), Cancel)).Trim();
        using var agent = new AgentOutbox(new UriBuilder(node.Url) { Scheme = "https", Host = "localhost" }.Uri);
        WithShortDrain(agent.Options);
        await WriteAndStopAsync(agent, "The remote certificate is invalid");

        agent.Elasticsearch.CertificateAuthorityFile = Path.Combine(node.Folder, "ca.crt");
        agent.Elasticsearch.UserName = "elastic";
        agent.Elasticsearch.Password = "wrong-" + password;
        var error = await WriteAndStopAsync(agent, "does not accept the credentials");
        Assert.DoesNotContain(password, error, StringComparison.Ordinal);

        agent.Elasticsearch.Password = password;
        agent.Options.DrainTimeout = TimeSpan.FromMinutes(1);
        var pipeline = await agent.StartAsync(Cancel);
        await pipeline.StopAsync(Cancel);
        Assert.Equal((20, 0, 0, 0), Counts(pipeline));

        using (var authority = X509CertificateLoader.LoadCertificateFromFile(agent.Elasticsearch.CertificateAuthorityFile))
        {
            agent.Elasticsearch.CertificateFingerprint = authority.GetCertHashString(HashAlgorithmName.SHA256);
        }

        agent.Elasticsearch.CertificateAuthorityFile = null;
        pipeline = await agent.StartAsync(Cancel);
        await pipeline.WriteAsync(AgentOutbox.Records(AgentOutbox.Series("pinned"), 10), Cancel);
        await pipeline.StopAsync(Cancel);
        Assert.Equal((10, 0, 0, 0), Counts(pipeline));
    }

    private static async Task<string> WriteAndStopAsync(AgentOutbox agent, string expected)
    {
        var pipeline = await agent.StartAsync(Cancel);
        await pipeline.WriteAsync(AgentOutbox.Records(AgentOutbox.Series(expected), 10), Cancel);
        await pipeline.UntilAsync(static sink => sink.LastError is not null);
        await pipeline.StopAsync(Cancel);
        var error = pipeline.GetStatus().Sinks[0].LastError!;
        Assert.Contains(expected, error, StringComparison.Ordinal);
        return error;
    }

    private static (long Delivered, long Duplicates, long Late, long DeadLettered) Counts(TelemetryPipeline pipeline)
    {
        var sink = pipeline.GetStatus().Sinks[0];
        Assert.True(sink.Pending == 0, sink.LastError);
        return (sink.Delivered, sink.Duplicates, sink.Late, sink.DeadLettered);
    }

    private static TelemetryOptions WithShortDrain(TelemetryOptions options)
    {
        options.DrainTimeout = TimeSpan.FromMilliseconds(500);
        return options;
    }

    private async Task<AgentOutbox> AgentAsync() => new((await lab.Elasticsearch.SharedAsync(Cancel)).Url);

    private static SensorStream Stream(AgentOutbox agent) => new(agent.Elasticsearch.Endpoint!, agent.Elasticsearch);

    /// <summary>Stands in for a server that was away while the records were taken.</summary>
    private sealed class AwaySink : ITelemetrySink
    {
        public string Name => "elasticsearch";

        public BatchLimits Limits { get; } = new(100, 1 << 20, TimeSpan.Zero);

        public ValueTask<SinkOutcome> WriteAsync(TelemetryBatch batch, CancellationToken cancellationToken) =>
            ValueTask.FromResult(SinkOutcome.Unavailable("away"));
    }
}
