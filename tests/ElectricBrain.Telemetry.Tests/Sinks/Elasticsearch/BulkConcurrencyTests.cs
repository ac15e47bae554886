using System.Text;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Sinks.Elasticsearch;

/// <summary>Several requests under way at once, each for a batch.</summary>
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
    public async Task WriteAsync_FullBatches_WidensStepByStep()
    {
        foreach (var requests in new[] { 1, 2, 3, 3 })
        {
            Assert.Equal((requests, 10), (_sink.Concurrency, _sink.Limits.MaxRecords));
            await StoreAsync(10);
        }
    }

    [Fact]
    public async Task WriteAsync_ThreeBatchesAtOnce_AreUnderWayTogether()
    {
        await WidenAsync();
        _transport.Together = 3;
        await Task.WhenAll(StoreAsync(10), StoreAsync(10), StoreAsync(10));
        Assert.Equal([10, 10, 10], _transport.Sizes);
    }

    [Fact]
    public async Task WriteAsync_OneOfThreeRefusedAsTooMuch_KeepsItsRecordsOnlyAndNarrows()
    {
        await WidenAsync();
        _transport.Together = 3;
        _transport.Answer = index => index == 1 ? (429, TooMuch) : null;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => WriteAsync(10)));
        Assert.Equal([SinkOutcomeKind.Completed, SinkOutcomeKind.Overloaded, SinkOutcomeKind.Completed], outcomes.Select(static outcome => outcome.Kind));
        Assert.Contains("es_rejected_execution_exception", outcomes[1].Error, StringComparison.Ordinal);
        Assert.Equal((1, 5), (_sink.Concurrency, _sink.Limits.MaxRecords));
    }

    [Fact]
    public async Task WriteAsync_NoAnswer_GoesBackToOneRequest()
    {
        await WidenAsync();
        _transport.Answer = static _ => throw new IOException("reset");
        var outcome = await WriteAsync(10);
        Assert.Equal((SinkOutcomeKind.Unavailable, "reset"), (outcome.Kind, outcome.Error));
        Assert.Equal((1, 10), (_sink.Concurrency, _sink.Limits.MaxRecords));
    }

    [Fact]
    public async Task WriteAsync_TooLong_IsUnacceptable()
    {
        _transport.Answer = static _ => (413, "");
        Assert.Equal(SinkOutcomeKind.Unacceptable, (await WriteAsync(10)).Kind);
    }

    [Fact]
    public async Task WriteAsync_BatchGatheredBeforeTheWindowNarrowed_IsSentInSmallerRequestsOneAfterTheOther()
    {
        _transport.Answer = static _ => (429, TooMuch);
        await WriteAsync(10);
        _transport.Answer = static _ => null;
        _transport.Sizes.Clear();
        await StoreAsync(10);
        Assert.Equal([5, 5], _transport.Sizes);
    }

    [Fact]
    public async Task WriteAsync_SecondOfTwoRequestsFails_KeepsItsRecordsOnly()
    {
        _transport.Answer = static _ => (429, TooMuch);
        await WriteAsync(10);
        var asked = 0;
        _transport.Answer = _ => ++asked == 2 ? throw new IOException("reset") : null;
        var batch = Batches.Of(Samples.Records(10));
        var outcome = await _sink.WriteAsync(batch, TestContext.Current.CancellationToken);
        Assert.Equal((SinkOutcomeKind.Completed, "reset"), (outcome.Kind, outcome.Error));
        Assert.Equal(Enumerable.Range(0, 10).Select(static i => i < 5 ? RecordFate.Stored : RecordFate.Retry), batch.Fates().Select(static fate => fate.Fate));
    }

    private async Task WidenAsync()
    {
        await StoreAsync(10);
        await StoreAsync(10);
        _transport.Sizes.Clear();
    }

    private async Task<SinkOutcome> WriteAsync(int count) =>
        await _sink.WriteAsync(Batches.Of(Samples.Records(count)), TestContext.Current.CancellationToken);

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
