using System.Text.Json;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using ElectricBrain.Telemetry.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Telemetry.Tests.Sinks.Elasticsearch;

/// <summary>What becomes of records that the time series stream does not take any more.</summary>
public sealed class LateStreamTests : IDisposable
{
    private readonly ScriptedServer _server = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ElasticsearchSink _sink;

    public LateStreamTests()
    {
        var options = new ElasticsearchOptions { Endpoint = new Uri("http://elastic.lan:9200"), Namespace = "home" };
        _sink = new ElasticsearchSink(options, new HttpElasticsearchTransport(options, _server), timeProvider: _time);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private (string Method, string Path, string Body)[] LateBulks => _server.Bulks.Where(static bulk => bulk.Path.StartsWith("/metrics-electricbrain.late-home/", StringComparison.Ordinal)).ToArray();

    public void Dispose()
    {
        _sink.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task WriteAsync_Late_IsStoredBesideUnderAnIdentityThatARepetitionHasToo()
    {
        _server.Late = static body => (200, Items(body, RealReplies.Created));
        Reply(RealReplies.Created, RealReplies.TooOld, RealReplies.Created, RealReplies.TooOld);
        Assert.All(await _sink.StoreAsync(Samples.Records(4)), static fate => Assert.Equal(RecordFate.Stored, fate.Fate));

        var lines = Assert.Single(LateBulks).Body.Split('\n');
        Assert.Equal([1.0, 3.0], new[] { lines[1], lines[3] }.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("value").GetDouble()));
        var ids = new[] { lines[0], lines[2] }.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("create").GetProperty("_id").GetString()).ToArray();
        Assert.Equal(2, ids.Distinct().Count());
        Assert.EndsWith($"-{Samples.Start.AddSeconds(1).ToUnixTimeMilliseconds()}", ids[0], StringComparison.Ordinal);

        Reply(RealReplies.Created, RealReplies.TooOld, RealReplies.Created, RealReplies.TooOld);
        _server.Late = static body => (200, Items(body, """{"create":{"status":409,"error":{"type":"version_conflict_engine_exception","reason":"document already exists"}}}"""));
        Assert.Equal(
            [RecordFate.Stored, RecordFate.Duplicate, RecordFate.Stored, RecordFate.Duplicate], (await _sink.StoreAsync(Samples.Records(4))).Select(static fate => fate.Fate));
        Assert.Equal(LateBulks[0].Body, LateBulks[1].Body);
    }

    [Fact]
    public async Task WriteAsync_FirstLate_WritesAPlainTemplateWithTheFailureStoreOff()
    {
        _server.Late = static body => (200, Items(body, RealReplies.Created));
        Reply(RealReplies.TooOld);
        await _sink.StoreAsync(Samples.Records(1));
        var component = Assert.Single(_server.Requests, static request => request is { Method: "PUT", Path: "/_component_template/metrics-electricbrain.late@package" }).Body;
        Assert.DoesNotContain("time_series", component, StringComparison.Ordinal);
        Assert.True(JsonDocument.Parse(component).RootElement.GetProperty("template").GetProperty("mappings").GetProperty("properties").TryGetProperty("value", out _));
        var template = Assert.Single(_server.Requests, static request => request is { Method: "PUT", Path: "/_index_template/metrics-electricbrain.late" }).Body;
        Assert.Contains(""""failure_store":{"enabled":false}"""", template, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, """{"error":{"type":"security_exception","reason":"action is unauthorized"},"status":403}""")]
    [InlineData(404, """{"error":{"type":"index_not_found_exception","reason":"no matching index template"},"status":404}""")]
    [InlineData(200, """{"errors":true,"items":[{"create":{"status":403,"error":{"type":"security_exception","reason":"unauthorized for key id [VuaCfGcB]"}}}]}""")]
    [InlineData(200, """{"errors":true,"items":[{"create":{"status":404,"error":{"type":"index_not_found_exception","reason":"no matching index template"}}}]}""")]
    public async Task WriteAsync_NotAllowedToStoreLate_StaysLateAndIsNotTriedAgainForAWhile(int status, string body)
    {
        _server.Late = _ => (status, body);
        for (var i = 0; i < 3; i++)
        {
            Reply(RealReplies.TooOld);
            var fate = Assert.Single(await _sink.StoreAsync(Samples.Records(1)));
            Assert.Equal(RecordFate.Late, fate.Fate);
            Assert.Contains("outside of ranges", fate.Reason, StringComparison.Ordinal);
        }

        Assert.Single(LateBulks);
        _time.Advance(TimeSpan.FromMinutes(11));
        Reply(RealReplies.TooOld);
        await _sink.StoreAsync(Samples.Records(1));
        Assert.Equal(2, LateBulks.Length);
    }

    [Theory]
    [InlineData(503, "")]
    [InlineData(429, """{"error":{"type":"es_rejected_execution_exception","reason":"rejected"},"status":429}""")]
    [InlineData(200, """{"items":[]}""")]
    [InlineData(200, """{"items":[{"create":{"status":503,"error":{"type":"unavailable_shards_exception","reason":"x"}}}]}""")]
    public async Task WriteAsync_LateStreamAway_OffersTheLateAgainAndKeepsTheOthersAsStored(int status, string body)
    {
        _server.Late = _ => (status, body);
        Reply(RealReplies.Created, RealReplies.TooOld);
        var batch = Batches.Of(Samples.Records(2));
        Assert.Equal(SinkOutcomeKind.Completed, (await _sink.WriteAsync(batch, Cancel)).Kind);
        Assert.Equal([RecordFate.Stored, RecordFate.Retry], batch.Fates().Select(static fate => fate.Fate));
    }

    [Fact]
    public async Task WriteAsync_TooManyLateAtOnce_HalvesThem()
    {
        _server.Late = static body => body.Count(static c => c == '\n') > 4 ? (413, "") : (200, Items(body, RealReplies.Created));
        Reply(Enumerable.Repeat(RealReplies.TooOld, 7).ToArray());
        Assert.All(await _sink.StoreAsync(Samples.Records(7)), static fate => Assert.Equal(RecordFate.Stored, fate.Fate));
    }

    [Theory]
    [InlineData(false, RecordFate.Blocked)]
    [InlineData(true, RecordFate.Stored)]
    public async Task WriteAsync_WriteBlockBeyondPatience_IsStoredBeside(bool isOverdue, RecordFate fate)
    {
        _server.Late = static body => (200, Items(body, RealReplies.Created));
        Reply(RealReplies.WriteBlock);
        var batch = Batches.Of(Samples.Records(1));
        batch.IsOverdue = isOverdue;
        await _sink.WriteAsync(batch, Cancel);
        Assert.Equal(fate, batch.FateOf(0).Fate);
    }

    private static string Items(string body, string item) => $$"""{"items":[{{string.Join(',', Enumerable.Repeat(item, body.Count(static c => c == '\n') / 2))}}]}""";

    private void Reply(params string[] items) => _server.Reply(200, $$"""{"errors":true,"items":[{{string.Join(',', items)}}]}""");
}
