using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>
/// Sends records by <c>_bulk</c> to a time series data stream, with op type <c>create</c>: the server knows a record by its
/// dimensions and millisecond, and answers a repetition with 409, which counts as stored. What that stream does not take any more goes to an
/// ordinary one beside it, under the same identity.
/// </summary>
public sealed class ElasticsearchSink : ITelemetrySink, IDisposable
{
    private readonly ElasticsearchOptions _options;
    private readonly IElasticsearchTransport _transport;
    private readonly ElasticsearchMetrics _metrics;
    private readonly IndexTemplate _template;
    private readonly StreamIdentity _identity;
    private readonly CredentialReport _credentials;
    private readonly LateStream _late;
    private readonly BulkWindow _window;
    private readonly List<BulkRequest> _requests = [];
    private bool _isBootstrapped;

    /// <summary>Makes the sink; nothing is sent before the first records.</summary>
    /// <param name="options">Where to and how.</param>
    /// <param name="transport">The client that carries the requests; null for the built-in one over <see cref="HttpClient"/>.</param>
    /// <param name="logger">The log; none when null.</param>
    /// <param name="meterFactory">Makes the meter <c>ElectricBrain.Telemetry</c>; a meter of its own when null.</param>
    /// <param name="timeProvider">The clock of the nodes' health; the system's when null.</param>
    /// <exception cref="ArgumentException">An option is not usable; the message names it.</exception>
    public ElasticsearchSink(
        ElasticsearchOptions options,
        IElasticsearchTransport? transport = null,
        ILogger<ElasticsearchSink>? logger = null,
        IMeterFactory? meterFactory = null,
        TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ILogger log = logger ?? (ILogger)NullLogger.Instance;
        _options = options;
        _metrics = new ElasticsearchMetrics(meterFactory);
        _transport = transport ?? HttpElasticsearchTransport.Create(options, log, _metrics, timeProvider);
        _template = new IndexTemplate(TemplateDocuments.Sensor(options), _transport, log);
        _identity = new StreamIdentity(options, _transport, timeProvider ?? TimeProvider.System, log);
        _credentials = new CredentialReport(options, _transport, log);
        _late = new LateStream(options, _transport, _metrics, timeProvider ?? TimeProvider.System, log);
        _window = new BulkWindow(options.Limits, options.MaxConcurrency);
        _metrics.Watch(_window);
    }

    /// <inheritdoc/>
    public string Name => "elasticsearch";

    /// <summary>What is sent in one go, by one request or by several: more after success with a backlog, less when the server is overloaded.</summary>
    public BatchLimits Limits => _window.Batch;

    /// <inheritdoc/>
    public async ValueTask<SinkOutcome> WriteAsync(TelemetryBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (!_isBootstrapped && _options.ManageTemplate && await _template.EnsureAsync(cancellationToken).ConfigureAwait(false) is { } obstacle)
        {
            return obstacle;
        }

        _isBootstrapped = true;
        await _credentials.EnsureAsync(cancellationToken).ConfigureAwait(false);
        if (await _identity.EnsureAsync(batch, cancellationToken).ConfigureAwait(false) is { } failure)
        {
            return failure;
        }

        var limits = _window.Batch;
        var progress = new BulkProgress(batch);
        while (progress.Next < batch.Count && progress.Failure is null)
        {
            await SendWaveAsync(progress, cancellationToken).ConfigureAwait(false);
        }

        Adapt(progress, batch, limits);
        Learn(progress);
        if (progress.Late.Count > 0 && await _late.WriteAsync(batch, progress.Late.ToArray(), cancellationToken).ConfigureAwait(false) is { } late)
        {
            progress.Fail(late);
        }

        return progress.Outcome;
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        (_transport as IDisposable)?.Dispose();
        _metrics.Dispose();
    }

    /// <summary>Sends as many requests as may be under way, and waits for all their answers.</summary>
    private async Task SendWaveAsync(BulkProgress progress, CancellationToken cancellationToken)
    {
        var sending = new List<Task<ElasticsearchResponse>>();
        var counts = new List<int>();
        for (var end = progress.Next; end < progress.Batch.Count && sending.Count < _window.Concurrency; end += counts[^1])
        {
            if (sending.Count == _requests.Count)
            {
                _requests.Add(new BulkRequest(_options.DataStream, _options.RequestTimeout));
            }

            var request = _requests[sending.Count];
            counts.Add(Fill(request, progress.Batch, end));
            sending.Add(SendAsync(request, cancellationToken));
        }

        for (var i = 0; i < sending.Count; i++)
        {
            progress.Apply(await sending[i].ConfigureAwait(false), counts[i]);
        }
    }

    private int Fill(BulkRequest request, TelemetryBatch batch, int start)
    {
        request.Clear();
        var limits = _window.Request;
        var count = 0;
        for (var bytes = 0; start + count < batch.Count && count < limits.MaxRecords; count++)
        {
            var document = batch[start + count].Span;
            bytes += document.Length;
            if (count > 0 && bytes > limits.MaxBytes)
            {
                break;
            }

            if (_identity.IsOurs)
            {
                request.AddWithIdentity(document);
            }
            else
            {
                request.Add(document);
            }
        }

        return count;
    }

    private async Task<ElasticsearchResponse> SendAsync(BulkRequest request, CancellationToken cancellationToken)
    {
        using var passage = _window.Enter();
        return await request.SendAsync(_transport, cancellationToken).ConfigureAwait(false);
    }

    private void Learn(BulkProgress progress)
    {
        if (progress.IsTimeSeries)
        {
            _identity.Learn(isTimeSeries: true);
        }

        if (progress.IsStreamMissing)
        {
            _isBootstrapped = false;
            _identity.Forget();
        }
    }

    private void Adapt(BulkProgress progress, TelemetryBatch batch, BatchLimits limits)
    {
        if (progress.IsOverloaded)
        {
            _window.Overloaded();
        }
        else if (progress.Failure is not null)
        {
            _window.Failed();
        }
        else
        {
            _window.Succeeded(batch.Count >= limits.MaxRecords || batch.Bytes > limits.MaxBytes / 10 * 9);
        }
    }
}
