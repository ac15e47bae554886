using System.Collections.Concurrent;
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
    private readonly ConcurrentBag<BulkRequest> _requests = [];
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private volatile bool _isBootstrapped;

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

    /// <summary>What is sent by one request: less when the server is overloaded.</summary>
    public BatchLimits Limits => _window.Request;

    /// <summary>How many requests may be under way: one more after each success with a backlog, fewer when the server is overloaded.</summary>
    public int Concurrency => _window.Concurrency;

    /// <inheritdoc/>
    public async ValueTask<SinkOutcome> WriteAsync(TelemetryBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (await PrepareAsync(batch, cancellationToken).ConfigureAwait(false) is { } obstacle)
        {
            return obstacle;
        }

        var progress = new BulkProgress(batch);
        var request = _requests.TryTake(out var used) ? used : new BulkRequest(_options.DataStream, _options.RequestTimeout);
        while (progress.Next < batch.Count && progress.Failure is null)
        {
            await SendNextAsync(request, progress, cancellationToken).ConfigureAwait(false);
        }

        _requests.Add(request);
        Learn(progress);
        if (progress.Late.Count > 0 && await StoreLateAsync(progress, cancellationToken).ConfigureAwait(false) is { } late)
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
        _oneAtATime.Dispose();
    }

    /// <summary>Sees to the templates, and finds out what the server and the credentials are like. Returns what stands in the way of any record.</summary>
    private async ValueTask<SinkOutcome?> PrepareAsync(TelemetryBatch batch, CancellationToken cancellationToken)
    {
        if (_isBootstrapped && _credentials.IsDone && _identity.IsKnown)
        {
            return null;
        }

        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isBootstrapped && _options.ManageTemplate && await _template.EnsureAsync(cancellationToken).ConfigureAwait(false) is { } obstacle)
            {
                return obstacle;
            }

            _isBootstrapped = true;
            await _credentials.EnsureAsync(cancellationToken).ConfigureAwait(false);
            return await _identity.EnsureAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Sends as much of the batch as the window lets through now.</summary>
    private async Task SendNextAsync(BulkRequest request, BulkProgress progress, CancellationToken cancellationToken)
    {
        using var passage = await _window.EnterAsync(cancellationToken).ConfigureAwait(false);
        var limits = _window.Request;
        var (count, bytes) = Fill(request, progress.Batch, progress.Next, limits);
        var response = await request.SendAsync(_transport, cancellationToken).ConfigureAwait(false);
        if (progress.Apply(response, count))
        {
            passage.Overloaded();
        }
        else if (progress.Failure is not null)
        {
            passage.Failed();
        }
        else
        {
            passage.Succeeded(wasFull: count >= limits.MaxRecords || bytes > limits.MaxBytes / 10 * 9);
        }
    }

    private (int Count, int Bytes) Fill(BulkRequest request, TelemetryBatch batch, int start, BatchLimits limits)
    {
        request.Clear();
        int count = 0, bytes = 0;
        for (; start + count < batch.Count && count < limits.MaxRecords; count++)
        {
            var document = batch[start + count].Span;
            if (count > 0 && bytes + document.Length > limits.MaxBytes)
            {
                break;
            }

            bytes += document.Length;
            if (_identity.IsOurs)
            {
                request.AddWithIdentity(document);
            }
            else
            {
                request.Add(document);
            }
        }

        return (count, bytes);
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

    private async ValueTask<SinkOutcome?> StoreLateAsync(BulkProgress progress, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _late.WriteAsync(progress.Batch, progress.Late.ToArray(), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }
}
