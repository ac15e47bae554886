using System.Diagnostics.Metrics;
using ElectricBrain.Telemetry.Diagnostics;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>The circuit to Elasticsearch as instruments of the meter <c>ElectricBrain.Telemetry</c>.</summary>
internal sealed class ElasticsearchMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly bool _isOwned;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _late;

    public ElasticsearchMetrics(IMeterFactory? factory)
    {
        _isOwned = factory is null;
        _meter = factory?.Create(TelemetryMetrics.MeterName) ?? new Meter(TelemetryMetrics.MeterName);
        _requests = _meter.CreateCounter<long>("electricbrain.telemetry.elasticsearch.requests", "{request}", "Requests by node and status; the status is 0 where there was no answer.");
        _duration = _meter.CreateHistogram<double>("electricbrain.telemetry.elasticsearch.request.duration", "s", "Time until the whole answer was there.");
        _sent = _meter.CreateCounter<long>("electricbrain.telemetry.elasticsearch.sent", "By", "Bodies of requests as they were sent.");
        _late = _meter.CreateCounter<long>("electricbrain.telemetry.elasticsearch.late", "{record}", "Records stored in the stream for late ones.");
    }

    /// <summary>Shows how the nodes fare.</summary>
    public void Watch(NodePool pool) => _meter.CreateObservableGauge(
        "electricbrain.telemetry.elasticsearch.node.up",
        () => pool.Health.Select(static node => new Measurement<int>(node.IsAlive ? 1 : 0, Node(node.Root))),
        "1",
        "Whether the node answered when it was last asked.");

    /// <summary>Shows how much is sent at once.</summary>
    public void Watch(BulkWindow window)
    {
        _meter.CreateObservableGauge("electricbrain.telemetry.elasticsearch.batch.limit", () => window.Request.MaxRecords, "{record}", "Most records in one bulk request.");
        _meter.CreateObservableGauge("electricbrain.telemetry.elasticsearch.concurrency", () => window.Concurrency, "{request}", "Most bulk requests under way at once.");
        _meter.CreateObservableUpDownCounter("electricbrain.telemetry.elasticsearch.in_flight", () => window.InFlight, "{request}", "Bulk requests under way.");
    }

    public void Requested(Node node, int status, TimeSpan duration, long bytes)
    {
        _requests.Add(1, Node(node.Root), new KeyValuePair<string, object?>("status", status));
        _duration.Record(duration.TotalSeconds, Node(node.Root));
        _sent.Add(bytes, Node(node.Root));
    }

    public void StoredLate(int records) => _late.Add(records);

    public void Dispose()
    {
        // A factory disposes of its meters itself.
        if (_isOwned)
        {
            _meter.Dispose();
        }
    }

    private static KeyValuePair<string, object?> Node(string root) => new("node", root);
}
