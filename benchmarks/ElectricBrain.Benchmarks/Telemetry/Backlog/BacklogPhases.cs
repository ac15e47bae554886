using System.Diagnostics;
using System.Globalization;
using ElectricBrain.Benchmarks.Telemetry.Ingest;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;

namespace ElectricBrain.Benchmarks.Telemetry.Backlog;

/// <summary>The lives of a backlog: written and closed, opened and killed, opened again and delivered.</summary>
internal static class BacklogPhases
{
    /// <summary>How a process ends that is killed by signal 9.</summary>
    public const int Killed = 128 + 9;

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
        var tenths = new List<double>();
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; number < options.Records - WriteRecords; number += WriteRecords)
        {
            workload.Fill(records, number);
            await pipeline.WriteAsync(records, cancellationToken);
            if ((number + WriteRecords) % (options.Records / 10) == 0)
            {
                tenths.Add(ProcessMemory.Read().Now);
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        var status = pipeline.GetStatus();
        Report("write", tenths);
        Console.WriteLine($"write    all:        {ProcessMemory.Read()}; {options.Records / elapsed.TotalSeconds:N0} records/s made durable, {status.Outbox.Bytes / 1048576.0:N0} MiB on disk, server: {status.Sinks[0].State}");
    }

    /// <summary>Opens the outbox after it was closed, writes a little, and dies of kill -9.</summary>
    public static async Task OpenAsync(BacklogOptions options, CancellationToken cancellationToken)
    {
        using var sink = Sink(options);
        await using var pipeline = Pipeline(options, sink);
        await StartAsync(pipeline, "open     closed before:", cancellationToken);
        var records = new TelemetryRecord[WriteRecords];
        new Workload("backlog", options.Origin).Fill(records, options.Records - WriteRecords);
        await pipeline.WriteAsync(records, cancellationToken);
        Process.GetCurrentProcess().Kill();
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    /// <summary>Opens the outbox after the kill, and delivers all of it.</summary>
    public static async Task DeliverAsync(BacklogOptions options, CancellationToken cancellationToken)
    {
        using var sink = Sink(options);
        await using var pipeline = Pipeline(options, sink);
        await StartAsync(pipeline, "deliver  killed before:", cancellationToken);
        var start = Stopwatch.GetTimestamp();
        var tenths = new List<double>();
        var next = options.Records * 9L / 10;
        while (pipeline.GetStatus().Sinks[0].Pending is var pending and > 0)
        {
            if (pending <= next)
            {
                tenths.Add(ProcessMemory.Read().Now);
                next -= options.Records / 10;
            }

            await Task.Delay(5, cancellationToken);
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        var status = pipeline.GetStatus().Sinks[0];
        Report("deliver", tenths);
        Console.WriteLine($"deliver  all:        {ProcessMemory.Read()}; {options.Records / elapsed.TotalSeconds:N0} records/s, delivered {status.Delivered:N0}, duplicates {status.Duplicates:N0}, refused {status.DeadLettered + status.Late:N0}");
    }

    private static void Report(string part, List<double> tenths) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{part,-8} RSS at each tenth: {string.Join(' ', tenths.Select(static megabytes => $"{megabytes:F0}"))} MiB"));

    private static async Task StartAsync(TelemetryPipeline pipeline, string label, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await pipeline.StartAsync(cancellationToken);
        Console.WriteLine($"{label} {ProcessMemory.Read()}; opened in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:N0} ms, {pipeline.GetStatus().Sinks[0].Pending:N0} records pending");
    }

    private static ElasticsearchSink Sink(BacklogOptions options) =>
        new(new ElasticsearchOptions { Endpoint = options.Server, Namespace = "backlog" });

    private static TelemetryPipeline Pipeline(BacklogOptions options, ElasticsearchSink sink) => new(
        new TelemetryOptions { OutboxDirectory = options.Directory, MaxOutboxBytes = 64L << 30, DrainTimeout = TimeSpan.Zero },
        [sink]);
}
