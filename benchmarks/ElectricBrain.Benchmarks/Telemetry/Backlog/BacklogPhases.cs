using System.Diagnostics;
using ElectricBrain.Benchmarks.Telemetry.Ingest;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;

namespace ElectricBrain.Benchmarks.Telemetry.Backlog;

/// <summary>The two lives of a backlog.</summary>
internal static class BacklogPhases
{
    private const int WriteRecords = 1_000;

    /// <summary>Writes the records while nobody listens where they should go.</summary>
    public static async Task WriteAsync(BacklogOptions options, CancellationToken cancellationToken)
    {
        using var sink = Sink(options);
        await using var pipeline = Pipeline(options, sink);
        await pipeline.StartAsync(cancellationToken);
        Console.WriteLine($"write    empty:      {ProcessMemory.Read()}");
        var workload = new Workload("backlog", options.Origin);
        var records = new TelemetryRecord[WriteRecords];
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; number < options.Records; number += WriteRecords)
        {
            workload.Fill(records, number);
            await pipeline.WriteAsync(records, cancellationToken);
            if (number + WriteRecords == options.Records / 10)
            {
                Console.WriteLine($"write    a tenth:    {ProcessMemory.Read()}");
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        var status = pipeline.GetStatus();
        Console.WriteLine($"write    all:        {ProcessMemory.Read()}; {options.Records / elapsed.TotalSeconds:N0} records/s made durable, {status.Outbox.Bytes / 1048576.0:N0} MiB on disk, server: {status.Sinks[0].State}");
    }

    /// <summary>Opens the outbox again, and delivers all of it.</summary>
    public static async Task DeliverAsync(BacklogOptions options, CancellationToken cancellationToken)
    {
        using var sink = Sink(options);
        await using var pipeline = Pipeline(options, sink);
        var start = Stopwatch.GetTimestamp();
        await pipeline.StartAsync(cancellationToken);
        Console.WriteLine($"deliver  opened:     {ProcessMemory.Read()}; in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:N0} ms, {pipeline.GetStatus().Sinks[0].Pending:N0} records pending");
        start = Stopwatch.GetTimestamp();
        var next = options.Records * 9L / 10;
        while (pipeline.GetStatus().Sinks[0].Pending is var pending and > 0)
        {
            if (pending <= next)
            {
                Console.WriteLine($"deliver  a tenth:    {ProcessMemory.Read()}");
                next = -1;
            }

            await Task.Delay(5, cancellationToken);
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        var status = pipeline.GetStatus().Sinks[0];
        Console.WriteLine($"deliver  all:        {ProcessMemory.Read()}; {options.Records / elapsed.TotalSeconds:N0} records/s, delivered {status.Delivered:N0}, duplicates {status.Duplicates:N0}, refused {status.DeadLettered + status.Late:N0}");
    }

    private static ElasticsearchSink Sink(BacklogOptions options) =>
        new(new ElasticsearchOptions { Endpoint = options.Server, Namespace = "backlog" });

    private static TelemetryPipeline Pipeline(BacklogOptions options, ElasticsearchSink sink) => new(
        new TelemetryOptions { OutboxDirectory = options.Directory, MaxOutboxBytes = 64L << 30, DrainTimeout = TimeSpan.Zero },
        [sink]);
}
