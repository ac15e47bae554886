using System.Diagnostics;
using ElectricBrain.Benchmarks.Telemetry.Ingest;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Inspection;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;

namespace ElectricBrain.Benchmarks.Telemetry.Shipping;

/// <summary>
/// A source of numbered readings that can be killed at any time: started again, it goes on behind the last one that the outbox has, whether that was acknowledged
/// or not.
/// </summary>
internal sealed class NumberedProducer(string directory, Uri server, string name, DateTimeOffset origin)
{
    private const int WriteRecords = 100;

    public async Task RunAsync(long total, int rate, CancellationToken cancellationToken)
    {
        var outbox = Path.Combine(directory, "outbox");
        using var sink = new ElasticsearchSink(new ElasticsearchOptions { Endpoint = server, Namespace = name });
        await using var pipeline = new TelemetryPipeline(new TelemetryOptions { OutboxDirectory = outbox, MaxOutboxBytes = 4L << 30 }, [sink]);
        await pipeline.StartAsync(cancellationToken);
        var report = new OutboxInspector(outbox).GetReport();
        var next = report.Sinks.Select(static sink => sink.Position).Append(report.LastSequence).Max();
        var workload = new Workload("shipped", origin);
        var records = new TelemetryRecord[WriteRecords];
        var first = next;
        var start = Stopwatch.GetTimestamp();
        while (next < total)
        {
            // What was being committed when the process was killed may be there in part.
            var write = records.AsMemory(0, (int)Math.Min(WriteRecords, total - next));
            workload.Fill(write.Span, next);
            await pipeline.WriteAsync(write, cancellationToken);
            next += write.Length;
            if (rate > 0 && (next - first) / (double)rate - Stopwatch.GetElapsedTime(start).TotalSeconds is var ahead and > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(ahead), cancellationToken);
            }
        }

        while (pipeline.GetStatus().Sinks[0].Pending > 0)
        {
            await Task.Delay(10, cancellationToken);
        }

        Console.WriteLine($"delivered {next - first} records in {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s");
    }
}
