using System.Diagnostics;
using System.Globalization;
using ElectricBrain.Benchmarks.Telemetry.Ingest;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;

namespace ElectricBrain.Benchmarks.Telemetry.Shipping;

/// <summary>
/// A source that keeps a note of what the pipeline acknowledged. Killed in between, it repeats what it has no note of: the pipeline may or may not have it, and the
/// server tells the second from the first.
/// </summary>
internal sealed class NumberedProducer(string directory, Uri server, string name, DateTimeOffset origin)
{
    private const int WriteRecords = 100;

    public async Task RunAsync(long total, int rate, CancellationToken cancellationToken)
    {
        using var sink = new ElasticsearchSink(new ElasticsearchOptions { Endpoint = server, Namespace = name });
        await using var pipeline = new TelemetryPipeline(new TelemetryOptions { OutboxDirectory = Path.Combine(directory, "outbox"), MaxOutboxBytes = 4L << 30 }, [sink]);
        await pipeline.StartAsync(cancellationToken);
        var note = Path.Combine(directory, "acknowledged");
        var next = File.Exists(note) ? long.Parse(await File.ReadAllTextAsync(note, cancellationToken), CultureInfo.InvariantCulture) : 0;
        var workload = new Workload("shipped", origin);
        var records = new TelemetryRecord[WriteRecords];
        var first = next;
        var start = Stopwatch.GetTimestamp();
        while (next < total)
        {
            workload.Fill(records, next);
            await pipeline.WriteAsync(records, cancellationToken);
            next += WriteRecords;
            await NoteAsync(note, next, cancellationToken);
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

    /// <summary>The old note or the new one, whenever the process is killed.</summary>
    private static async Task NoteAsync(string note, long next, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(note + ".new", next.ToString(CultureInfo.InvariantCulture), cancellationToken);
        File.Move(note + ".new", note, overwrite: true);
    }
}
