using System.Text;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Sinks.Elasticsearch;

/// <summary>Answers that are cut, slow or false: whatever comes back, each record is stored once, and settled only by a whole answer.</summary>
public sealed class ProtocolTests : IDisposable
{
    private const string Created = """{"create":{"status":201}}""";

    private readonly StrictServer _server = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WriteAsync_ConnectionResetAtEveryByteOfTheAnswer_StoresEachRecordOnce(bool isChunked)
    {
        Func<IReadOnlyList<string>, byte[]> reply = isChunked ? StrictServer.Chunked : static items => StrictServer.WithLength(items);
        var length = reply([Created, Created]).Length;
        var total = 0;
        for (var cut = 0; cut < length; cut++)
        {
            _server.Reply = reply;
            var isCut = false;
            _server.Write = async (stream, bytes, cancellationToken) =>
            {
                var part = isCut ? bytes : bytes.AsMemory(0, Math.Min(cut, bytes.Length));
                isCut = true;
                await stream.WriteAsync(part, cancellationToken);
                return part.Length == bytes.Length;
            };
            await DeliverAsync(first: total, count: 2);
            total += 2;
        }

        Assert.Equal(total, _server.Stored.Count);
    }

    [Fact]
    public async Task WriteAsync_AnswerAboutTheIdentityCutAtEveryByte_StoresEachRecordOnceAndWithout()
    {
        var whole = _server.Refusal();
        for (var cut = 0; cut < whole.Length; cut++)
        {
            var isCut = false;
            _server.Refusal = () =>
            {
                var part = isCut ? whole : whole[..cut];
                isCut = true;
                return part;
            };
            await DeliverAsync(first: 2 * cut, count: 2);
        }

        Assert.Equal(2 * whole.Length, _server.Stored.Count);
        Assert.All(_server.Stored.Values, static times => Assert.Equal(1, times));
    }

    public static TheoryData<string, Func<IReadOnlyList<string>, byte[]>> Lies() => new()
    {
        { "length too long", static items => StrictServer.WithLength(items, lie: 5) },
        { "length too short", static items => StrictServer.WithLength(items, lie: -5) },
        { "half a gzip stream", StrictServer.HalfGzip },
        { "an item too few", static items => StrictServer.Chunked([.. items.Skip(1)]) },
        { "an item too many", static items => StrictServer.Chunked([.. items, Created]) },
        { "no items", static _ => StrictServer.Chunked([]) },
        { "items of another operation", static items => StrictServer.Chunked([.. items.Select(static item => item.Replace("create", "index", StringComparison.Ordinal))]) },
        { "a status that is text", static items => StrictServer.Chunked([.. items.Select(static _ => """{"create":{"status":"201"}}""")]) },
        { "items that are no objects", static items => StrictServer.Chunked([.. items.Select(static _ => "201")]) },
        { "not HTTP", static _ => Encoding.ASCII.GetBytes("220 mail.example ESMTP\r\n") },
    };

    [Theory]
    [MemberData(nameof(Lies), DisableDiscoveryEnumeration = true)]
    public async Task WriteAsync_FalseAnswer_SettlesNothingAndStoresEachRecordOnce(string what, Func<IReadOnlyList<string>, byte[]> lie)
    {
        var answers = 0;
        _server.Reply = items => answers++ < 2 ? lie(items) : StrictServer.Chunked(items);
        _server.Write = async (stream, bytes, cancellationToken) =>
        {
            await stream.WriteAsync(bytes, cancellationToken);
            return answers > 2;
        };
        await DeliverAsync(first: 0, count: 3);
        Assert.True(_server.Stored.Count == 3, what);
        Assert.All(_server.Stored.Values, static times => Assert.Equal(3, times));
    }

    [Fact]
    public async Task WriteAsync_AnswerThatDripsForEver_IsGivenUpAndTheRecordsAreSentAgain()
    {
        var isFirst = true;
        _server.Write = async (stream, bytes, cancellationToken) =>
        {
            for (var i = 0; isFirst && i < bytes.Length - 1; i++)
            {
                await stream.WriteAsync(bytes.AsMemory(i, 1), cancellationToken);
                await Task.Delay(i < 20 ? 1 : Timeout.Infinite, cancellationToken);
            }

            await stream.WriteAsync(bytes, cancellationToken);
            return true;
        };
        using var sink = Sink(TimeSpan.FromSeconds(1));
        var batch = Batches.Of(Samples.Records(3));
        var outcome = await sink.WriteAsync(batch, Cancel);
        Assert.Equal(SinkOutcomeKind.Unavailable, outcome.Kind);
        Assert.Contains("did not answer within 1 s", outcome.Error, StringComparison.Ordinal);
        Assert.All(batch.Fates(), static fate => Assert.Equal(RecordFate.Retry, fate.Fate));

        isFirst = false;
        await DeliverAsync(first: 0, count: 3);
        Assert.Equal(3, _server.Stored.Count);
    }

    /// <summary>Offers records until each is settled, as the pipeline does without its waits.</summary>
    private async Task DeliverAsync(int first, int count)
    {
        using var sink = Sink(TimeSpan.FromSeconds(30));
        var batch = Batches.Of(Samples.Records(count, first));
        var settled = 0;
        for (var attempt = 0; batch.Unsettled > 0; attempt++)
        {
            Assert.True(attempt < 10, "It goes on for ever.");
            batch.Offer(int.MaxValue);
            var outcome = await sink.WriteAsync(batch, Cancel);
            if (outcome.Kind != SinkOutcomeKind.Completed)
            {
                Assert.Equal(SinkOutcomeKind.Unavailable, outcome.Kind);
                continue;
            }

            Assert.All(batch.Fates(), static fate => Assert.True(fate.Fate is RecordFate.Stored or RecordFate.Duplicate, fate.Reason));
            settled += batch.Count;
            batch.RemoveSettled();
        }

        Assert.Equal(count, settled);
    }

    private ElasticsearchSink Sink(TimeSpan timeout) => new(new ElasticsearchOptions { Endpoint = _server.Url, ManageTemplate = false, RequestTimeout = timeout });
}
