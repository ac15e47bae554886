using System.Collections.Concurrent;
using System.Diagnostics;
using Elastic.Channels;
using Elastic.Ingest.Elasticsearch.DataStreams;
using Elastic.Transport;
using ElectricBrain.Benchmarks.Telemetry.Ingest;
using ElectricBrain.Telemetry;

namespace ElectricBrain.Benchmarks.Peers.ElasticIngest;

/// <summary>
/// Elastic's own channel, which keeps records in memory only: a crash loses what is under way. It gets what helps it: source-generated
/// serialization, compression and the same batches as the other sides.
/// </summary>
internal sealed class ElasticIngestSide : IIngestSide
{
    private readonly ConcurrentDictionary<TelemetrySeries, (ReadingHost Host, ReadingDevice Device, ReadingSensor Sensor)> _parts = new();

    public string Name => "Elastic.Ingest, in memory";

    public async Task<TimeSpan> RunAsync(IngestRound round, CancellationToken cancellationToken)
    {
        var transport = new DistributedTransport(new TransportConfiguration(new SingleNodePool(round.Server)) { EnableHttpCompression = true });
        var failed = 0;
        var stored = 0;
        using var finished = new SemaphoreSlim(0);
        using var channel = new DataStreamChannel<Reading>(new DataStreamChannelOptions<Reading>(transport)
        {
            DataStream = new DataStreamName("metrics", "electricbrain.sensor", round.Namespace),
            SerializerContext = ReadingJsonContext.Default,
            DisableDiagnostics = true,
            BufferOptions = new BufferOptions { InboundBufferMaxSize = round.BufferedRecords, OutboundBufferMaxSize = round.BatchRecords, ExportMaxConcurrency = round.Concurrency },
            ExportMaxRetriesCallback = _ => Interlocked.Increment(ref failed),
            ExportResponseCallback = (_, buffer) =>
            {
                if (Interlocked.Add(ref stored, buffer.Count) >= round.Records)
                {
                    finished.Release();
                }
            },
        });
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; number < round.Records; number++)
        {
            await channel.WaitToWriteAsync(ToReading(round.Workload.Record(number)), cancellationToken);
        }

        await finished.WaitAsync(cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(start);
        return failed == 0 ? elapsed : throw new InvalidOperationException($"Elastic.Ingest gave up on {failed} batches.");
    }

    private Reading ToReading(TelemetryRecord record)
    {
        var (host, device, sensor) = _parts.GetOrAdd(
            record.Series,
            static series => (new ReadingHost(series.HostName), new ReadingDevice(series.DeviceId), new ReadingSensor(series.SensorId, series.SensorType, series.Unit)));
        return new Reading { Timestamp = record.Timestamp.UtcDateTime, Host = host, Device = device, Sensor = sensor, Value = record.Value };
    }
}
