using System.Text.Json;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using ElectricBrain.Telemetry.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Telemetry.Tests.Sinks.Elasticsearch;

/// <summary>Streams that do not tell repetitions apart by themselves.</summary>
public sealed class StreamIdentityTests : IDisposable
{
    private readonly ScriptedServer _server = new() { TakesIdentities = true };
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<ElasticsearchSink> _log = new();
    private readonly ElasticsearchSink _sink;

    public StreamIdentityTests()
    {
        var options = new ElasticsearchOptions { Endpoint = new Uri("http://elastic.lan:9200"), ManageTemplate = false };
        _sink = new ElasticsearchSink(options, new HttpElasticsearchTransport(options, _server), _log, timeProvider: _time);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The identities that each bulk request sent; null where it sent none.</summary>
    private string?[][] Identities => [.. _server.Bulks.Select(static bulk => bulk.Body.Split('\n')
        .Where(static (line, i) => i % 2 == 0 && line.Length > 0)
        .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("create").TryGetProperty("_id", out var id) ? id.GetString() : null).ToArray())];

    private int Alarms => _log.Collector.GetSnapshot().Count(static entry => entry is { Id.Id: 3026, Level: LogLevel.Warning });

    public void Dispose()
    {
        _sink.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task WriteAsync_OrdinaryStream_SendsIdentitiesThatARepetitionHasTooAndSaysSo()
    {
        Reply(RealReplies.Created);
        Reply(RealReplies.Duplicate, RealReplies.Created, RealReplies.Created);
        Assert.Equal([RecordFate.Duplicate, RecordFate.Stored, RecordFate.Stored], await WriteAsync(3));
        Reply(RealReplies.Duplicate, RealReplies.Duplicate, RealReplies.Duplicate);
        Assert.Equal([RecordFate.Duplicate, RecordFate.Duplicate, RecordFate.Duplicate], await WriteAsync(3));
        Assert.Equal(3, Identities[1].Distinct().Count(static id => id is not null));
        Assert.Equal(Identities[1][0], Assert.Single(Identities[0]));
        Assert.Equal(Identities[1], Identities[2]);
        Assert.Equal(1, Alarms);
    }

    [Fact]
    public async Task WriteAsync_TimeSeries_LeavesTheIdentityToTheServerAndAsksAgainAfterAWhile()
    {
        Reply(RealReplies.IdentityRefused);
        Reply(RealReplies.Created, RealReplies.Created);
        await WriteAsync(2);
        Reply(RealReplies.Created, RealReplies.Created);
        await WriteAsync(2);
        Assert.Equal([null, null, null, null], Identities.Skip(1).SelectMany(static ids => ids));
        Assert.Equal(0, Alarms);

        // Meanwhile somebody deleted the stream, and another template made it again.
        _time.Advance(TimeSpan.FromMinutes(11));
        Reply(RealReplies.Created);
        Reply(RealReplies.Duplicate, RealReplies.Created);
        Assert.Equal([RecordFate.Duplicate, RecordFate.Stored], await WriteAsync(2));
        Assert.All(Identities[^1], Assert.NotNull);
        Assert.Equal(1, Alarms);
    }

    [Theory]
    [InlineData(RealReplies.TooOld)]
    [InlineData(RealReplies.SoonTaken)]
    [InlineData(RealReplies.InFailureStore)]
    public async Task WriteAsync_RefusalThatTellsOfATimeSeries_LeavesTheIdentityToTheServer(string item)
    {
        Reply(item);
        Reply(RealReplies.Created);
        await WriteAsync(1);
        Assert.Equal([null], Identities[1]);
    }

    [Fact]
    public async Task WriteAsync_QuestionThatEndedInTheFailureStore_IsNotAskedAgain()
    {
        Reply(RealReplies.InFailureStore);
        Reply(RealReplies.Created);
        await WriteAsync(1);
        _time.Advance(TimeSpan.FromMinutes(11));
        Reply(RealReplies.Created);
        Assert.Equal([RecordFate.Stored], await WriteAsync(1));
        Assert.Equal(3, Identities.Length);
    }

    [Fact]
    public async Task WriteAsync_OrdinaryStreamThatRolledOverIntoATimeSeries_IsOfferedAgainWithoutIdentities()
    {
        Reply(RealReplies.Created);
        Reply(RealReplies.Duplicate, RealReplies.Created);
        await WriteAsync(2);
        Reply(RealReplies.IdentityRefused, RealReplies.IdentityRefused);
        Assert.Equal([RecordFate.Retry, RecordFate.Retry], await WriteAsync(2));
        Reply(RealReplies.Created, RealReplies.Created);
        Assert.Equal([RecordFate.Stored, RecordFate.Stored], await WriteAsync(2));
        Assert.Equal([null, null], Identities[^1]);
    }

    [Theory]
    [InlineData(RealReplies.NoTemplate)]
    [InlineData(RealReplies.WriteBlock)]
    [InlineData(RealReplies.ClosedIndex)]
    public async Task WriteAsync_AnswerThatDoesNotTell_SendsIdentitiesWhichATimeSeriesRefusesToStore(string item)
    {
        Reply(item);
        Reply(item, RealReplies.IdentityRefused);
        Assert.DoesNotContain(RecordFate.Stored, await WriteAsync(2));
        Assert.All(Identities[1], Assert.NotNull);
        Assert.Equal(0, Alarms);
    }

    [Theory]
    [InlineData(429, RealReplies.ParentBreaker, SinkOutcomeKind.Overloaded)]
    [InlineData(401, RealReplies.KeyInvalidated, SinkOutcomeKind.Denied)]
    [InlineData(503, "", SinkOutcomeKind.Unavailable)]
    public async Task WriteAsync_ServerThatTakesNothing_IsNotSentTheBatch(int status, string body, SinkOutcomeKind kind)
    {
        _server.Reply(status, body);
        Assert.Equal(kind, (await _sink.WriteAsync(Batches.Of(Samples.Records(2)), Cancel)).Kind);
        Assert.Single(_server.Bulks);
    }

    [Fact]
    public async Task WriteAsync_StreamGone_AsksTheNextOne()
    {
        Reply(RealReplies.IdentityRefused);
        Reply(RealReplies.NoTemplate);
        await WriteAsync(1);
        Reply(RealReplies.Created);
        Reply(RealReplies.Duplicate);
        await WriteAsync(1);
        Assert.NotNull(Identities[^1][0]);
    }

    private async Task<IEnumerable<RecordFate>> WriteAsync(int count)
    {
        var batch = Batches.Of(Samples.Records(count));
        await _sink.WriteAsync(batch, Cancel);
        return batch.Fates().Select(static fate => fate.Fate);
    }

    private void Reply(params string[] items) => _server.Reply(200, RealReplies.Bulk(items));
}
