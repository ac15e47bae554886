using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using ElectricBrain.Telemetry.Documents;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>The body of a bulk request, and where it goes. The buffer is used again.</summary>
/// <param name="stream">The data stream.</param>
/// <param name="timeout">How long the client waits for an answer.</param>
internal sealed class BulkRequest(string stream, TimeSpan timeout)
{
    // The server answers for a shard that is away after this share, a new stream's 30 s on top, before the client gives the request up and takes the node for dead.
    private const int TimeoutShare = 4;

    private readonly ArrayBufferWriter<byte> _body = new(64 << 10);
    private readonly DocumentDecoder _decoder = new();

    private string Path { get; } =
        $"/{stream}/_bulk?require_data_stream=true&timeout={(long)Math.Max(1, timeout.TotalMilliseconds / TimeoutShare)}ms&filter_path=error,errors,items.*.status,items.*.error.type,items.*.error.reason,items.*.failure_store";

    /// <summary>Sends it; what a transport throws is an answer that did not come.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "A transport of any make may throw anything; other requests of the batch were answered.")]
    public async Task<ElasticsearchResponse> SendAsync(IElasticsearchTransport transport, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.SendAsync(HttpMethod.Post, Path, _body.WrittenMemory, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return ErrorReply.NoAnswer(e.Message);
        }
    }

    public void Clear() => _body.ResetWrittenCount();

    /// <summary>Adds a document that the server gives its identity.</summary>
    public void Add(ReadOnlySpan<byte> document)
    {
        _body.Write("{\"create\":{}}\n"u8);
        _body.Write(document);
        _body.Write("\n"u8);
    }

    /// <summary>Adds a document under the identity that a time series stream would give it: its series and its millisecond.</summary>
    public void AddWithIdentity(ReadOnlySpan<byte> document)
    {
        TelemetryRecord record;
        try
        {
            record = _decoder.Decode(document);
        }
        catch (FormatException)
        {
            // The server judges what is not ours.
            Add(document);
            return;
        }

        Span<byte> id = stackalloc byte[64];
        Utf8Formatter.TryFormat(record.Series.Identity.DimensionHash, id, out var length, new StandardFormat('x', 16));
        id[length++] = (byte)'-';
        Utf8Formatter.TryFormat(record.Timestamp.ToUnixTimeMilliseconds(), id[length..], out var rest);
        _body.Write("{\"create\":{\"_id\":\""u8);
        _body.Write(id[..(length + rest)]);
        _body.Write("\"}}\n"u8);
        _body.Write(document);
        _body.Write("\n"u8);
    }
}
