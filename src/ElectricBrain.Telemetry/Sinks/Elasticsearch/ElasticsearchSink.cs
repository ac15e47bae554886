using System.Buffers;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>
/// Sends records by <c>_bulk</c> to a time series data stream, with op type <c>create</c>: the server knows a record by its
/// dimensions and millisecond, and answers a repetition with 409, which counts as stored.
/// </summary>
public sealed class ElasticsearchSink : ITelemetrySink, IDisposable
{
    private readonly ElasticsearchOptions _options;
    private readonly IElasticsearchTransport _transport;
    private readonly IndexTemplate _template;
    private readonly ArrayBufferWriter<byte> _body = new(64 << 10);
    private readonly string _bulkPath;
    private bool _isBootstrapped;

    /// <summary>Makes the sink; nothing is sent before the first records.</summary>
    /// <param name="options">Where to and how.</param>
    /// <param name="transport">The client that carries the requests; null for the built-in one over <see cref="HttpClient"/>.</param>
    /// <param name="logger">The log; none when null.</param>
    /// <exception cref="ArgumentException">An option is not usable; the message names it.</exception>
    public ElasticsearchSink(ElasticsearchOptions options, IElasticsearchTransport? transport = null, ILogger<ElasticsearchSink>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ILogger log = logger ?? (ILogger)NullLogger.Instance;
        _options = options;
        _transport = transport ?? HttpElasticsearchTransport.Create(options, log);
        _template = new IndexTemplate(options, _transport, log);
        _bulkPath = $"/{options.DataStream}/_bulk?require_data_stream=true&filter_path=error,errors,items.*.status,items.*.error.type,items.*.error.reason,items.*.failure_store";
    }

    /// <inheritdoc/>
    public string Name => "elasticsearch";

    /// <inheritdoc/>
    public BatchLimits Limits => _options.Limits;

    /// <inheritdoc/>
    public async ValueTask<SinkOutcome> WriteAsync(TelemetryBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (!_isBootstrapped && await _template.EnsureAsync(cancellationToken).ConfigureAwait(false) is { } obstacle)
        {
            return obstacle;
        }

        _isBootstrapped = true;
        var response = await _transport.SendAsync(HttpMethod.Post, _bulkPath, Body(batch), cancellationToken).ConfigureAwait(false);
        if (response.Status != (int)HttpStatusCode.OK)
        {
            return ErrorReply.Classify(response, "The bulk request");
        }

        var outcome = BulkReply.Apply(response.Body, batch, out var isStreamMissing);
        _isBootstrapped = !isStreamMissing;
        return outcome;
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => (_transport as IDisposable)?.Dispose();

    private ReadOnlyMemory<byte> Body(TelemetryBatch batch)
    {
        _body.ResetWrittenCount();
        for (var i = 0; i < batch.Count; i++)
        {
            _body.Write("{\"create\":{}}\n"u8);
            _body.Write(batch[i].Span);
            _body.Write("\n"u8);
        }

        return _body.WrittenMemory;
    }
}
