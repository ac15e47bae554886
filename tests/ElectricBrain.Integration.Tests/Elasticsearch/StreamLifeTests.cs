using ElectricBrain.Integration.Tests.Lab;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;

namespace ElectricBrain.Integration.Tests.Elasticsearch;

/// <summary>What operators do to data streams and templates while records come.</summary>
public sealed class StreamLifeTests(LabFixture lab) : IAsyncLifetime
{
    private AgentOutbox _agent = null!;
    private SensorStream _stream = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var url = (await lab.Elasticsearch.SharedAsync(Cancel)).Url;
        _agent = new AgentOutbox(url) { Time = new HastyTime(20) };
        _stream = new SensorStream(url, _agent.Elasticsearch);
    }

    public ValueTask DisposeAsync()
    {
        _stream.Dispose();
        _agent.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task WriteAsync_RolledOverInTheMiddle_StoresEveryRecordExactlyOnce()
    {
        // The boundary between two indices lies a minute ahead of the rollover, so the records go from a minute ago to a minute and a half ahead.
        await FirstAsync();
        await _stream.DeleteAsync("_data_stream/STREAM", Cancel);
        await _stream.PutTemplateAsync("""{"index.look_ahead_time":"1m"}""", Cancel);
        await _stream.PutAsync("_data_stream/STREAM", "", Cancel);
        _agent.Elasticsearch.MaxConcurrency = 4;
        var now = TimeProvider.System.GetUtcNow();
        var records = AgentOutbox.Records(AgentOutbox.Series("a"), 15_000);
        records = [.. records.Select((record, i) => record with { Timestamp = now.AddMilliseconds(10 * (i - 6000)) })];
        await using var pipeline = await _agent.StartAsync(Cancel);
        for (var i = 0; i < records.Length; i += 500)
        {
            await pipeline.WriteAsync(records.AsMemory(i, 500), Cancel);
            if (i is 2000 or 6000 or 10_000)
            {
                await _stream.PostAsync("STREAM/_rollover", Cancel);
            }
        }

        var (delivered, duplicates, late, dead) = await pipeline.CountsAsync();
        Assert.Equal((records.Length, 0, 0), (delivered + duplicates, late, dead));
        Assert.Equal(records.Select(static record => record.Value), (await _stream.DocumentsAsync(Cancel)).Select(static document => document.GetProperty("value").GetDouble()));
        Assert.True((await _stream.IndicesAsync(Cancel)).Length > 1);
    }

    [Fact]
    public async Task WriteAsync_StreamDeleted_ComesAgainAsATimeSeriesWithWhatIsNew()
    {
        await using var pipeline = await _agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Records(10, "a"), Cancel);
        await pipeline.CountsAsync();
        await _stream.DeleteAsync("_data_stream/STREAM", Cancel);
        await pipeline.WriteAsync(Records(10, "b"), Cancel);
        Assert.Equal((20, 0, 0, 0), await pipeline.CountsAsync());
        Assert.Equal(10, (await _stream.DocumentsAsync(Cancel)).Count);
        Assert.Equal("time_series", await IndexModeAsync());
    }

    [Fact]
    public async Task WriteAsync_StreamAndTemplateDeletedAndNameGivenAway_KeepsTheRecordsUntilBothAreBack()
    {
        await using var pipeline = await _agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Records(10, "a"), Cancel);
        await pipeline.CountsAsync();
        await _stream.DeleteAsync("_data_stream/metrics-electricbrain.sensor-*", Cancel);
        await _stream.DeleteAsync("_index_template/metrics-electricbrain.sensor", Cancel);
        await pipeline.WriteAsync(Records(10, "b"), Cancel);
        Assert.Equal((20, 0, 0, 0), await pipeline.CountsAsync());
        Assert.Equal("time_series", await IndexModeAsync());

        // An ordinary index in the stream's place.
        await _stream.DeleteAsync("_data_stream/metrics-electricbrain.sensor-*", Cancel);
        await _stream.DeleteAsync("_index_template/metrics-electricbrain.sensor", Cancel);
        await _stream.PutAsync("STREAM", "{}", Cancel);
        await pipeline.WriteAsync(Records(10, "c"), Cancel);
        Assert.Contains("Remove what stands in the way", await pipeline.UntilRefusedAsync("is not a data stream"), StringComparison.Ordinal);
        await _stream.DeleteAsync("STREAM", Cancel);
        Assert.Equal((30, 0, 0, 0), await pipeline.CountsAsync());
        Assert.Equal("time_series", await IndexModeAsync());
    }

    [Fact]
    public async Task WriteAsync_AnothersTemplateOfTheSamePriority_SaysWhichAndWaits()
    {
        await FirstAsync();
        await _stream.DeleteAsync("_data_stream/metrics-electricbrain.sensor-*", Cancel);
        await _stream.DeleteAsync("_index_template/metrics-electricbrain.sensor", Cancel);
        await _stream.PutAsync("_index_template/others", """{"index_patterns":["metrics-electricbrain.sens*-*"],"data_stream":{},"priority":500}""", Cancel);
        await using var pipeline = await _agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Records(10, "b"), Cancel);
        await pipeline.UntilRefusedAsync("matching patterns from existing templates [others]");
        Assert.Equal(SinkState.NeedsAttention, pipeline.GetStatus().Sinks[0].State);
        await _stream.DeleteAsync("_index_template/others", Cancel);
        Assert.Equal((10, 0, 0, 0), await pipeline.CountsAsync());
    }

    [Fact]
    public async Task WriteAsync_AutomaticCreationForbiddenByTheTemplate_WaitsWithTheRemedy()
    {
        await FirstAsync();
        await _stream.DeleteAsync("_data_stream/STREAM", Cancel);
        await _stream.PutTemplateAsync("{}", Cancel, options: ",\"allow_auto_create\":false");
        await using var pipeline = await _agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Records(10, "b"), Cancel);
        Assert.Contains("Remove what stands in the way", await pipeline.UntilRefusedAsync("forbids index auto creation"), StringComparison.Ordinal);
        await _stream.PutAsync("_data_stream/STREAM", "", Cancel);
        Assert.Equal(10, (await pipeline.CountsAsync()).Delivered);
    }

    [Fact]
    public async Task WriteAsync_StreamOfElasticsOwnTemplate_StoresNothingTwiceAndSaysSoUntilItIsRolledOver()
    {
        // In the way of the template that Elasticsearch brings for metrics-*-*, which is no time series.
        await _stream.PutTemplateAsync("{}", Cancel, SensorStream.OrdinaryMappings);
        _agent.Elasticsearch.ManageTemplate = false;
        var records = Records(100, "a");
        for (var run = 0; run < 2; run++)
        {
            // The second time as another agent with the same records.
            _agent.Options.OutboxDirectory = _agent.File($"run {run}");
            await using var pipeline = await _agent.StartAsync(Cancel);
            await pipeline.WriteAsync(records, Cancel);
            var (delivered, duplicates, late, dead) = await pipeline.CountsAsync();
            Assert.Equal((100, 0, 0), (delivered + duplicates, late, dead));
            Assert.Equal(run == 0 ? 1 : 100, duplicates);
        }

        Assert.Equal(100, (await _stream.DocumentsAsync(Cancel)).Count);
        Assert.Contains(_agent.Log.GetSnapshot(), static entry => entry.Id.Id == 3026 && entry.Message.Contains("/_rollover", StringComparison.Ordinal));

        // The remedy that the log names.
        _agent.Elasticsearch.ManageTemplate = true;
        _agent.Options.OutboxDirectory = _agent.File("run 2");
        await using var mended = await _agent.StartAsync(Cancel);
        await mended.WriteAsync(Records(10, "b"), Cancel);
        Assert.Equal((9, 1, 0, 0), await mended.CountsAsync());
        await _stream.PutTemplateAsync("{}", Cancel);
        await _stream.PostAsync("STREAM/_rollover", Cancel);
        await mended.WriteAsync(Records(10, "c"), Cancel);
        Assert.Equal((19, 1, 0, 0), await mended.CountsAsync());
        Assert.Equal("time_series", await IndexModeAsync());
        await _stream.RefreshAsync(Cancel);
        using var query = new ElasticsearchQuery(_agent.Elasticsearch);
        Assert.Equal((100, 10, 10), (await CountAsync(query, "a"), await CountAsync(query, "b"), await CountAsync(query, "c")));
    }

    /// <summary>Lets the templates be written, and the stream be made.</summary>
    private async Task FirstAsync()
    {
        await using var pipeline = await _agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Records(1, "first"), Cancel);
        await pipeline.CountsAsync();
    }

    private static TelemetryRecord[] Records(int count, string sensor) => AgentOutbox.Records(AgentOutbox.Series(sensor), count);

    private static async Task<long> CountAsync(ElasticsearchQuery query, string sensor)
    {
        var now = TimeProvider.System.GetUtcNow();
        return (await query.GetSeriesAsync(AgentOutbox.Series(sensor).Key, now.AddHours(-1), now.AddHours(1), 1, Cancel)).Sum(static point => point.Count);
    }

    private async Task<string?> IndexModeAsync()
    {
        var index = (await _stream.IndicesAsync(Cancel))[^1];
        return (await _stream.GetAsync($"{index}/_settings?flat_settings=true", Cancel)).GetProperty(index).GetProperty("settings").GetProperty("index.mode").GetString();
    }
}
