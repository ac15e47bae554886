using ElectricBrain.Integration.Tests.Lab;
using ElectricBrain.Telemetry;

namespace ElectricBrain.Integration.Tests.Elasticsearch;

/// <summary>What a real server answers for single records, and what becomes of them.</summary>
public sealed class RecordAnswerTests(LabFixture lab) : IAsyncLifetime
{
    private const string TimeSeries = """{"mode":"time_series","routing_path":["host.name","device.id","sensor.id","sensor.type"],"look_back_time":"7d","number_of_replicas":0}""";

    private AgentOutbox _agent = null!;
    private SensorStream _stream = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var url = (await lab.Elasticsearch.SharedAsync(Cancel)).Url;
        _agent = new AgentOutbox(url) { Time = new HastyTime(20) };
        _stream = new SensorStream(url, _agent.Elasticsearch);

        // The component template that the operators' templates of these tests are made of.
        using var first = new AgentOutbox(url);
        await using var pipeline = await first.StartAsync(Cancel);
        await pipeline.WriteAsync(Records(1), Cancel);
        await pipeline.CountsAsync();
    }

    public ValueTask DisposeAsync()
    {
        _stream.Dispose();
        _agent.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task WriteAsync_BackingIndexClosed_KeepsItsRecordsOnlyUntilItIsOpen()
    {
        await _stream.PutTemplateAsync("""{"index.look_ahead_time":"1m"}""", Cancel);
        await using var pipeline = await _agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Records(1), Cancel);
        Assert.Equal((1, 0, 0, 0), await pipeline.CountsAsync());
        await _stream.PostAsync("STREAM/_rollover", Cancel);
        var closed = (await _stream.IndicesAsync(Cancel))[0];
        await _stream.PostAsync($"{closed}/_close", Cancel);

        await pipeline.WriteAsync(Records(5, "now").Concat(Ahead(5, TimeSpan.FromSeconds(75))).ToArray(), Cancel);
        await pipeline.UntilRefusedAsync("status 400, index_closed_exception: closed");
        await pipeline.UntilAsync(static sink => sink.Delivered == 6);
        Assert.Equal(0, pipeline.GetStatus().Sinks[0].DeadLettered);

        await _stream.PostAsync($"{closed}/_open", Cancel);
        Assert.Equal((11, 0, 0, 0), await pipeline.CountsAsync());
        Assert.Equal(11, (await _stream.DocumentsAsync(Cancel)).Count);
    }

    [Fact]
    public async Task WriteAsync_PrimaryShardAway_IsToldBeforeTheRequestIsGivenUpAndKeepsTheRecords()
    {
        // The index behind the rollover, for what is a minute ahead, has no node that may have it.
        _agent.Elasticsearch.RequestTimeout = TimeSpan.FromSeconds(8);
        await _stream.PutTemplateAsync("""{"index.look_ahead_time":"1m"}""", Cancel);
        await using var pipeline = await _agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Records(1), Cancel);
        await pipeline.CountsAsync();
        await _stream.PutTemplateAsync("""{"index.look_ahead_time":"1m","index.routing.allocation.require._name":"nowhere"}""", Cancel);
        await _stream.PostAsync("STREAM/_rollover?wait_for_active_shards=0", Cancel);

        await pipeline.WriteAsync(Records(5, "now").Concat(Ahead(5, TimeSpan.FromSeconds(75))).ToArray(), Cancel);
        Assert.Contains("Timeout: [2s]", await pipeline.UntilRefusedAsync("status 503, unavailable_shards_exception"), StringComparison.Ordinal);
        Assert.Equal(6, pipeline.GetStatus().Sinks[0].Delivered);
        await _stream.PutSettingAsync("""{"index.routing.allocation.require._name":null}""", Cancel);
        Assert.Equal((11, 0, 0, 0), await pipeline.CountsAsync());
        Assert.Equal(11, (await _stream.DocumentsAsync(Cancel)).Count);
    }

    [Fact]
    public async Task WriteAsync_WriteBlockThenRolledOver_WaitsForTheOldIndexAndTakesTheNewOnesRecords()
    {
        await _stream.PutTemplateAsync("""{"index.look_ahead_time":"1m"}""", Cancel);
        await using var pipeline = await _agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Records(1), Cancel);
        await pipeline.CountsAsync();
        await _stream.PutSettingAsync("""{"index.blocks.write":true}""", Cancel);
        await _stream.PostAsync("STREAM/_rollover", Cancel);

        await pipeline.WriteAsync(Records(5, "now").Concat(Ahead(5, TimeSpan.FromSeconds(75))).ToArray(), Cancel);
        await pipeline.UntilRefusedAsync("FORBIDDEN/8");
        await pipeline.UntilAsync(static sink => sink.Delivered == 6);
        await _stream.PutSettingAsync("""{"index.blocks.write":null}""", Cancel);
        Assert.Equal((11, 0, 0, 0), await pipeline.CountsAsync());
        Assert.Equal(11, (await _stream.DocumentsAsync(Cancel)).Count);
    }

    [Fact]
    public async Task WriteAsync_ALittleAheadOfTheWindow_WaitsUntilItHasMovedOn()
    {
        await _stream.PutTemplateAsync("""{"index.look_ahead_time":"1m"}""", Cancel);
        await using var pipeline = await _agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Records(1), Cancel);
        await pipeline.CountsAsync();
        await pipeline.WriteAsync(Ahead(1, TimeSpan.FromSeconds(66)), Cancel);
        await pipeline.UntilRefusedAsync("outside of ranges of currently writable indices");
        Assert.Equal((2, 0, 0, 0), await pipeline.CountsAsync());
        Assert.Equal(2, (await _stream.DocumentsAsync(Cancel)).Count);
    }

    [Fact]
    public async Task WriteAsync_ADayAhead_IsStoredBeside()
    {
        await using var pipeline = await _agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Ahead(2, TimeSpan.FromDays(1)), Cancel);
        Assert.Equal((2, 0, 0, 0), await pipeline.CountsAsync());
        await _stream.RefreshAsync(Cancel);
        Assert.Equal(2, (await _stream.GetAsync($"{_agent.Elasticsearch.LateDataStream}/_count", Cancel)).GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData("""{"properties":{"value":{"type":"ip"}}}""", "document_parsing_exception")]
    [InlineData("""{"dynamic":"strict","properties":{"value":{"type":"double"}}}""", "strict_dynamic_mapping_exception")]
    public async Task WriteAsync_MappingThatDoesNotFit_MakesDeadLettersWithTheReason(string mappings, string reason)
    {
        await _stream.PutTemplateAsync("{}", Cancel, mappings);
        await using var pipeline = await _agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Records(3), Cancel);
        Assert.Equal((0, 0, 0, 3), await pipeline.CountsAsync());
        Assert.All(await _agent.DeadLettersAsync(Cancel), letter => Assert.Contains($"status 400, {reason}", letter, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WriteAsync_MoreFieldsThanTheIndexMayHave_MakesDeadLettersWithTheReason()
    {
        await _stream.PutTemplateAsync("""{"mapping.total_fields.limit":3}""", Cancel, """{"properties":{"@timestamp":{"type":"date"}}}""");
        await using var pipeline = await _agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Records(3), Cancel);
        Assert.Equal((0, 0, 0, 3), await pipeline.CountsAsync());
        Assert.All(await _agent.DeadLettersAsync(Cancel), static letter => Assert.Contains("Limit of total fields [3] has been exceeded", letter, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"drop":{}}""", "an ingest pipeline of the data stream drops it")]
    [InlineData("""{"fail":{"message":"not today"}}""", "status 500, fail_processor_exception: not today")]
    [InlineData("""{"date":{"field":"nowhere","formats":["ISO8601"]}}""", "status 400, illegal_argument_exception: field [nowhere] not present")]
    public async Task WriteAsync_IngestPipelineThatTakesTheRecordsAway_MakesDeadLettersOfThem(string processor, string reason)
    {
        await _stream.PutAsync("_ingest/pipeline/STREAM", $$"""{"processors":[{{processor}}]}""", Cancel);
        await _stream.PutTemplateAsync($$"""{"index.final_pipeline":"{{_agent.Elasticsearch.DataStream}}"}""", Cancel);
        await using var pipeline = await _agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Records(3), Cancel);
        Assert.Equal((0, 0, 0, 3), await pipeline.CountsAsync());
        Assert.All(await _agent.DeadLettersAsync(Cancel), letter => Assert.Contains(reason, letter, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WriteAsync_IngestPipelineThatIsMissing_KeepsTheRecordsUntilItIsMade()
    {
        await _stream.PutTemplateAsync($$"""{"index.default_pipeline":"{{_agent.Elasticsearch.DataStream}}"}""", Cancel);
        await using var pipeline = await _agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Records(3), Cancel);
        Assert.Contains("Make the ingest pipeline that the template names", await pipeline.UntilRefusedAsync("does not exist"), StringComparison.Ordinal);
        Assert.Equal(SinkState.NeedsAttention, pipeline.GetStatus().Sinks[0].State);
        await _stream.PutAsync("_ingest/pipeline/STREAM", """{"processors":[]}""", Cancel);
        Assert.Equal((3, 0, 0, 0), await pipeline.CountsAsync());
    }

    [Fact]
    public async Task WriteAsync_FailureStoreOnATimeSeries_StoresWhatIsWellAndCountsNothingInIt()
    {
        // An operator's own settings with a failure store: the stream is what it should be.
        await _stream.PutTemplateAsync(
            TimeSeries,
            Cancel,
            """{"dynamic":false,"properties":{"host":{"properties":{"name":{"type":"keyword","time_series_dimension":true}}},"device":{"properties":{"id":{"type":"keyword","time_series_dimension":true}}},"sensor":{"properties":{"id":{"type":"keyword","time_series_dimension":true},"type":{"type":"keyword","time_series_dimension":true}}},"value":{"type":"double"}}}""");
        var template = (await _stream.GetAsync("_index_template/STREAM", Cancel)).GetProperty("index_templates")[0].GetProperty("index_template").GetRawText();
        await _stream.PutAsync("_index_template/STREAM", template.Replace("\"template\":{", "\"template\":{\"data_stream_options\":{\"failure_store\":{\"enabled\":true}},", StringComparison.Ordinal), Cancel);
        await using var pipeline = await _agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Records(10), Cancel);
        Assert.Equal((10, 0, 0, 0), await pipeline.CountsAsync());
        Assert.Equal(10, (await _stream.DocumentsAsync(Cancel)).Count);

        // A full disk, as the server marks it: healthy readings go where no query finds them, with status 201.
        await _stream.PutSettingAsync("""{"index.blocks.read_only_allow_delete":true}""", Cancel);
        await pipeline.WriteAsync(Records(3, "b"), Cancel);
        Assert.Equal((10, 0, 0, 3), await pipeline.CountsAsync());
        Assert.All(await _agent.DeadLettersAsync(Cancel), static letter => Assert.Contains("failure store", letter, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WriteAsync_WriteBlockThatOutlastsThePatience_IsStoredBesideAndFoundByQueries()
    {
        using var agent = new AgentOutbox(_agent.Elasticsearch.Endpoint!) { Time = new HastyTime(1000) };
        using var stream = new SensorStream(agent.Elasticsearch.Endpoint!, agent.Elasticsearch);
        agent.Elasticsearch.Limits = agent.Elasticsearch.Limits with { MaxRecords = 10 };
        await using var pipeline = await agent.StartAsync(Cancel);
        var series = AgentOutbox.Series("a");
        var records = AgentOutbox.Records(series, 100);
        await pipeline.WriteAsync(records.AsMemory(0, 20), Cancel);
        await pipeline.CountsAsync();
        await stream.PutSettingAsync("""{"index.blocks.write":true}""", Cancel);
        await pipeline.WriteAsync(records.AsMemory(20, 60), Cancel);
        await pipeline.UntilRefusedAsync("FORBIDDEN/8");

        // Six batches, one patience.
        Assert.Equal((80, 0, 0, 0), await pipeline.CountsAsync());
        await stream.PutSettingAsync("""{"index.blocks.write":null}""", Cancel);
        await pipeline.WriteAsync(records.AsMemory(80), Cancel);
        Assert.Equal((100, 0, 0, 0), await pipeline.CountsAsync());
        Assert.Equal(40, (await stream.DocumentsAsync(Cancel)).Count);
        await stream.RefreshAsync(Cancel);
        using var query = new Telemetry.Sinks.Elasticsearch.ElasticsearchQuery(agent.Elasticsearch);
        Assert.Equal(records.Select(static record => record.Value), (await query.GetSeriesAsync(series.Key, records[0].Timestamp, records[^1].Timestamp.AddSeconds(1), 100_000, Cancel)).Select(static point => point.Average));
    }

    /// <summary>Records dated by the clock of somebody who is ahead.</summary>
    private static TelemetryRecord[] Ahead(int count, TimeSpan by) => [.. Records(count, "ahead").Select(record => record with { Timestamp = record.Timestamp + by })];

    private static TelemetryRecord[] Records(int count, string sensor = "a") => AgentOutbox.Records(AgentOutbox.Series(sensor), count);
}
