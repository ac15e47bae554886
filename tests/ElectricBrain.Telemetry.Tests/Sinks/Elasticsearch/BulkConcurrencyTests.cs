using System.Text;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Sinks.Elasticsearch;

/// <summary>Several requests under way for one batch.</summary>
public sealed class BulkConcurrencyTests : IDisposable
{
    private const string TooMuch = """{"error":{"type":"es_rejected_execution_exception","reason":"rejected execution of coordinating operation"},"status":429}""";

    private readonly Transport _transport = new();
    private readonly ElasticsearchSink _sink;

    public BulkConcurrencyTests() => _sink = new ElasticsearchSink(
        new ElasticsearchOptions { Endpoint = new Uri("http://elastic.lan:9200"), ManageTemplate = false, MaxConcurrency = 3, Limits = new BatchLimits(10, 1 << 20, TimeSpan.Zero) },
        _transport);

    public void Dispose() => _sink.Dispose();

    [Fact]
    public async Task WriteAsync_Backlog_WidensStepByStepAndSendsEachRecordOnceInOrder()
    {
        foreach (var requests in new[] { 1, 2, 3, 3 })
        {
            Assert.Equal(requests * 10, _sink.Limits.MaxRecords);
            _transport.Together = requests;
            await StoreAsync(requests * 10);
        }

        Assert.All(_transport.Sizes, static size => Assert.Equal(10, size));
    }

    [Fact]
    public async Task WriteAsync_OneOfThreeRefusedAsTooMuch_KeepsItsRecordsOnlyAndNarrows()
    {
        await WidenAsync();
        _transport.Answer = index => index == 1 ? (429, TooMuch) : null;
        var batch = Batches.Of(Samples.Records(30));
        var outcome = await _sink.WriteAsync(batch, TestContext.Current.CancellationToken);
        Assert.Equal(SinkOutcomeKind.Completed, outcome.Kind);
        Assert.Contains("es_rejected_execution_exception", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 30).Select(static i => i is >= 10 and < 20 ? RecordFate.Retry : RecordFate.Stored), batch.Fates().Select(static fate => fate.Fate));
        Assert.Equal(5, _sink.Limits.MaxRecords);
    }

    [Fact]
    public async Task WriteAsync_OneOfThreeWithoutAnAnswer_KeepsItsRecordsAndGoesBackToOneRequest()
    {
        await WidenAsync();
        _transport.Answer = static index => index == 2 ? throw new IOException("reset") : null;
        var batch = Batches.Of(Samples.Records(30));
        var outcome = await _sink.WriteAsync(batch, TestContext.Current.CancellationToken);
        Assert.Equal((SinkOutcomeKind.Completed, "reset"), (outcome.Kind, outcome.Error));
        Assert.Equal(10, batch.Fates().Count(static fate => fate.Fate == RecordFate.Retry));
        Assert.Equal(10, _sink.Limits.MaxRecords);
    }

    [Fact]
    public async Task WriteAsync_EveryRequestRefused_IsWhatTheRequestsWere()
    {
        await WidenAsync();
        _transport.Answer = static _ => (413, "");
        Assert.Equal(SinkOutcomeKind.Unacceptable, (await _sink.WriteAsync(Batches.Of(Samples.Records(30)), TestContext.Current.CancellationToken)).Kind);
    }

    [Fact]
    public async Task WriteAsync_BatchGatheredBeforeTheWindowNarrowed_IsSentInSmallerRequestsOneAfterTheOther()
    {
        await WidenAsync();
        _transport.Answer = static _ => (429, TooMuch);
        await _sink.WriteAsync(Batches.Of(Samples.Records(30)), TestContext.Current.CancellationToken);
        _transport.Answer = static _ => null;
        _transport.Together = 1;
        _transport.Sizes.Clear();
        await StoreAsync(30);
        Assert.Equal([5, 5, 5, 5, 5, 5], _transport.Sizes);
    }

    private async Task WidenAsync()
    {
        await StoreAsync(10);
        _transport.Together = 2;
        await StoreAsync(20);
        _transport.Together = 3;
        _transport.Sizes.Clear();
    }

    private async Task StoreAsync(int count) =>
        Assert.All(await _sink.StoreAsync(Samples.Records(count)), static fate => Assert.Equal(RecordFate.Stored, fate.Fate));

    /// <summary>A server that answers only when as many requests are there as come together.</summary>
    private sealed class Transport : IElasticsearchTransport
    {
        private readonly List<TaskCompletionSource> _waiting = [];

        public int Together { get; set; } = 1;

        public List<int> Sizes { get; } = [];

        public Func<int, (int Status, string Body)?> Answer { get; set; } = static _ => null;

        public async ValueTask<ElasticsearchResponse> SendAsync(HttpMethod method, string pathAndQuery, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        {
            if (body.Span.StartsWith("{\"create\":{\"_id\":"u8))
            {
                return new ElasticsearchResponse(200, Encoding.UTF8.GetBytes(RealReplies.Bulk(RealReplies.IdentityRefused)));
            }

            var index = _waiting.Count;
            var size = body.Span.Count((byte)'\n') / 2;
            Sizes.Add(size);
            var mine = new TaskCompletionSource();
            _waiting.Add(mine);
            if (_waiting.Count == Together)
            {
                var all = _waiting.ToArray();
                _waiting.Clear();
                Array.ForEach(all, static one => one.SetResult());
            }

            await mine.Task;
            var items = string.Join(',', Enumerable.Repeat("""{"create":{"status":201}}""", size));
            var (status, text) = Answer(index) ?? (200, $$"""{"errors":false,"items":[{{items}}]}""");
            return new ElasticsearchResponse(status, Encoding.UTF8.GetBytes(text));
        }
    }
}
