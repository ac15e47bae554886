using System.Diagnostics;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;

namespace ElectricBrain.Benchmarks.Telemetry.Ingest;

/// <summary>The pipeline: each reading is on disk before it is sent.</summary>
internal sealed class PipelineSide : IIngestSide
{
    /// <summary>Readings per write, each of which is acknowledged when it is on disk.</summary>
    private const int WriteRecords = 1000;

    public string Name => "ElectricBrain, durable";

    public async Task<TimeSpan> RunAsync(IngestRound round, CancellationToken cancellationToken)
    {
        using var sink = new ElasticsearchSink(new ElasticsearchOptions
        {
            Endpoint = round.Server,
            Namespace = round.Namespace,
            MaxConcurrency = round.Concurrency,
            Limits = new BatchLimits(round.BatchRecords, 16 << 20, TimeSpan.FromSeconds(1)),
        });
        await using var pipeline = new TelemetryPipeline(new TelemetryOptions { OutboxDirectory = round.Directory, MaxOutboxBytes = 4L << 30 }, [sink]);
        await pipeline.StartAsync(cancellationToken);
        var start = Stopwatch.GetTimestamp();
        var records = new TelemetryRecord[Math.Min(WriteRecords, round.Records)];
        for (var number = 0; number < round.Records; number += records.Length)
        {
            while (pipeline.GetStatus().Sinks[0].Pending > round.BufferedRecords)
            {
                await Task.Delay(1, cancellationToken);
            }

            round.Workload.Fill(records, number);
            await pipeline.WriteAsync(records, cancellationToken);
        }

        while (pipeline.GetStatus().Sinks[0].Pending > 0)
        {
            await Task.Delay(1, cancellationToken);
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        var status = pipeline.GetStatus().Sinks[0];
        return status.Delivered == round.Records
            ? elapsed
            : throw new InvalidOperationException($"{status.Delivered} of {round.Records} records were stored; {status.LastError}");
    }
}
