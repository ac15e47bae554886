using ElectricBrain.Benchmarks.Telemetry.Ingest;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Clock;
using ElectricBrain.Telemetry.Delivery;
using ElectricBrain.Telemetry.Intake;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using Microsoft.Extensions.Logging.Abstractions;

namespace ElectricBrain.Benchmarks.Telemetry.Fleet;

/// <summary>
/// One agent of a fleet: its own outbox in memory, its own position, batches, back-off and bootstrap. Real are all of these; shared with the other agents are
/// the process, the clock and the pool of connections.
/// </summary>
internal sealed class FleetAgent : IDisposable
{
    private const int SegmentBytes = 128 << 10;
    private const int RecordsPerReading = 5;

    private readonly OutboxLog _log;
    private readonly SinkPump _pump;
    private readonly RecordIntake _intake = new(new ClockKeeper(null, TimeProvider.System, TimeSpan.Zero));
    private readonly Workload _workload;
    private readonly TelemetryRecord[] _records = new TelemetryRecord[RecordsPerReading];

    public FleetAgent(int number, ElasticsearchOptions options, IElasticsearchTransport transport)
    {
        var files = new MemoryFileSystem();
        var telemetry = new TelemetryOptions();
        _log = OutboxLog.Open(files, SegmentBytes, telemetry.MaxOutboxBytes, static _ => { });
        var sink = new ElasticsearchSink(options, transport);
        var deadLetters = new DeadLetterFile(files, sink.Name, telemetry.MaxDeadLetterBytes, TimeProvider.System);
        _pump = new SinkPump(sink, _log, deadLetters, telemetry, TimeProvider.System, NullLogger.Instance, static () => { });
        _workload = new Workload($"agent-{number:D5}", TimeProvider.System.GetUtcNow().AddHours(-1));
    }

    public long Written { get; private set; }

    public SinkStatus Status => _pump.GetStatus();

    /// <summary>Delivers until cancelled.</summary>
    public Task DeliverAsync(CancellationToken cancellationToken) => _pump.RunAsync(cancellationToken);

    /// <summary>Takes a reading at every interval, from a moment of its own on, until cancelled.</summary>
    public async Task SampleAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(interval * Random.Shared.NextDouble(), cancellationToken);
            using var timer = new PeriodicTimer(interval);
            do
            {
                _workload.Fill(_records, Written);
                using var write = _intake.Encode(_records);
                _log.Commit(write.Frames.ToArray());
                Written += RecordsPerReading;
                _pump.Wake();
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The end of the run.
        }
    }

    public void Dispose()
    {
        _pump.Dispose();
        _log.Dispose();
    }
}
