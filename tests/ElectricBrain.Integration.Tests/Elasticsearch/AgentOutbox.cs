using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;

namespace ElectricBrain.Integration.Tests.Elasticsearch;

/// <summary>An agent's side of a test: an outbox on disk, and a data stream of its own.</summary>
internal sealed class AgentOutbox : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("electricbrain-telemetry-").FullName;

    public AgentOutbox(Uri endpoint)
    {
        Elasticsearch = new ElasticsearchOptions
        {
            Endpoint = endpoint,
            Namespace = Guid.NewGuid().ToString("N"),
            Limits = new BatchLimits(500, 1 << 20, TimeSpan.FromMilliseconds(50)),
        };
        Options = new TelemetryOptions { OutboxDirectory = Path.Combine(_root, "outbox"), DrainTimeout = TimeSpan.FromMinutes(1) };
    }

    public ElasticsearchOptions Elasticsearch { get; }

    public TelemetryOptions Options { get; }

    public string File(string name) => Path.Combine(_root, name);

    public static TelemetrySeries Series(string sensor, string type = "temperature", string unit = "Cel", string host = "hostzero") => new()
    {
        HostName = host,
        DeviceId = "enviro",
        SensorId = sensor,
        SensorType = type,
        Unit = unit,
        IsSimulated = true,
    };

    /// <summary>Records of one series, 100 ms apart, the last of them now; the values count up.</summary>
    public static TelemetryRecord[] Records(TelemetrySeries series, int count, int first = 0)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        return Enumerable.Range(first, count).Select(i => new TelemetryRecord(series, now.AddMilliseconds(100 * (i - first - count)), i)).ToArray();
    }

    /// <summary>Starts a pipeline with the real sink.</summary>
    public async Task<TelemetryPipeline> StartAsync(CancellationToken cancellationToken, params ITelemetrySink[] others)
    {
        var pipeline = new TelemetryPipeline(Options, [new ElasticsearchSink(Elasticsearch), .. others]);
        await pipeline.StartAsync(cancellationToken);
        return pipeline;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
