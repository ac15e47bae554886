using System.Diagnostics;
using System.IO.Compression;
using System.Net.Http.Headers;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Sinks;

namespace ElectricBrain.Benchmarks.Telemetry.Ingest;

/// <summary>The best that any client could do: bodies that were made and compressed before the clock starts.</summary>
internal sealed class PrebuiltSide : IIngestSide
{
    private const string Parameters = "require_data_stream=true&filter_path=error,errors,items.*.status,items.*.error.type,items.*.error.reason,items.*.failure_store";

    public string Name => "prebuilt bodies";

    public async Task<TimeSpan> RunAsync(IngestRound round, CancellationToken cancellationToken)
    {
        var bodies = await BuildAsync(round, cancellationToken);
        using var client = new HttpClient { BaseAddress = round.Server };
        var start = Stopwatch.GetTimestamp();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, round.Concurrency).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var index && index < bodies.Count)
            {
                await SendAsync(client, round.DataStream, bodies[index], cancellationToken);
            }
        }));
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task SendAsync(HttpClient client, string stream, byte[] body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await client.PostAsync($"/{stream}/_bulk?{Parameters}", content, cancellationToken);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (!response.IsSuccessStatusCode || answer.AsSpan().IndexOf("\"errors\":false"u8) < 0)
        {
            throw new InvalidOperationException($"A prebuilt body was answered with status {(int)response.StatusCode} and errors.");
        }
    }

    /// <summary>Takes the documents from a pipeline, so that the server gets the same bytes from either side.</summary>
    private static async Task<List<byte[]>> BuildAsync(IngestRound round, CancellationToken cancellationToken)
    {
        var collector = new BodyCollector(new BatchLimits(round.BatchRecords, 16 << 20, TimeSpan.FromSeconds(1)));
        await using var pipeline = new TelemetryPipeline(new TelemetryOptions { OutboxDirectory = round.Directory, MaxOutboxBytes = 4L << 30 }, [collector]);
        await pipeline.StartAsync(cancellationToken);
        var records = new TelemetryRecord[round.BatchRecords];
        for (var number = 0; number < round.Records; number += round.BatchRecords)
        {
            round.Workload.Fill(records, number);
            await pipeline.WriteAsync(records, cancellationToken);
        }

        await pipeline.StopAsync(cancellationToken);
        return collector.Bodies;
    }

    private sealed class BodyCollector(BatchLimits limits) : ITelemetrySink
    {
        public List<byte[]> Bodies { get; } = [];

        public string Name => "bodies";

        public BatchLimits Limits => limits;

        public ValueTask<SinkOutcome> WriteAsync(TelemetryBatch batch, CancellationToken cancellationToken)
        {
            var compressed = new MemoryStream();
            using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    gzip.Write("{\"create\":{}}\n"u8);
                    gzip.Write(batch[i].Span);
                    gzip.Write("\n"u8);
                    batch.Settle(i, RecordFate.Stored);
                }
            }

            Bodies.Add(compressed.ToArray());
            return ValueTask.FromResult(SinkOutcome.Completed());
        }
    }
}
