using System.Text.Json;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using Microsoft.Extensions.Logging.Testing;

namespace ElectricBrain.Integration.Tests.Elasticsearch;

/// <summary>An agent's side of a test: an outbox on disk, and a data stream of its own.</summary>
internal sealed class AgentOutbox : IDisposable
{
    /// <param name="endpoint">The server.</param>
    /// <param name="root">The directory of an agent that ran before; a new one when null.</param>
    public AgentOutbox(Uri endpoint, string? root = null)
    {
        Root = root ?? Directory.CreateTempSubdirectory("electricbrain-telemetry-").FullName;
        Elasticsearch = new ElasticsearchOptions
        {
            Endpoint = endpoint,
            Namespace = Guid.NewGuid().ToString("N"),
            Limits = new BatchLimits(500, 1 << 20, TimeSpan.FromMilliseconds(50)),
        };
        Options = new TelemetryOptions { OutboxDirectory = Path.Combine(Root, "outbox"), DrainTimeout = TimeSpan.FromMinutes(1) };
    }

    /// <summary>The directory of the agent, deleted when this is disposed.</summary>
    public string Root { get; }

    public ElasticsearchOptions Elasticsearch { get; }

    public TelemetryOptions Options { get; }

    /// <summary>The clock of the pipeline; the system's when null.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>What the pipeline and the sink logged.</summary>
    public FakeLogCollector Log { get; } = new();

    /// <summary>The reasons of the records that were kept aside.</summary>
    public async Task<string[]> DeadLettersAsync(CancellationToken cancellationToken) =>
        [.. (await System.IO.File.ReadAllLinesAsync(Path.Combine(Options.OutboxDirectory, "dead-letters.elasticsearch.ndjson"), cancellationToken))
            .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("reason").GetString()!)];

    public string File(string name) => Path.Combine(Root, name);

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
        var sink = new ElasticsearchSink(Elasticsearch, logger: new FakeLogger<ElasticsearchSink>(Log));
        var pipeline = new TelemetryPipeline(Options, [sink, .. others], Time, new FakeLogger<TelemetryPipeline>(Log));
        await pipeline.StartAsync(cancellationToken);
        return pipeline;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
