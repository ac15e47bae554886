using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using ElectricBrain.Telemetry.Documents;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>The body of a bulk request, and where it goes. The buffer is used again.</summary>
internal sealed class BulkRequest(string stream)
{
    private readonly ArrayBufferWriter<byte> _body = new(64 << 10);
    private readonly DocumentDecoder _decoder = new();

    private string Path { get; } =
        $"/{stream}/_bulk?require_data_stream=true&filter_path=error,errors,items.*.status,items.*.error.type,items.*.error.reason,items.*.failure_store";

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
    /// <exception cref="FormatException">It is not such a document.</exception>
    public void AddWithIdentity(ReadOnlySpan<byte> document)
    {
        var record = _decoder.Decode(document);
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
