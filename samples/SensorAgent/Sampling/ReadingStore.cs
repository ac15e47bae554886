using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Outbox;

namespace ElectricBrain.Samples.SensorAgent.Sampling;

/// <summary>
/// Makes readings durable. While the disk fails or the outbox is full, readings wait in memory and are stored with a later one;
/// beyond <see cref="MaximumWaiting"/> records the oldest are given up, and counted.
/// </summary>
internal sealed class ReadingStore(TelemetryPipeline pipeline, EnviroRecordMapping mapping, TimeProvider timeProvider, ILogger<ReadingStore> logger)
{
    public const int MaximumWaiting = 5_000;

    /// <summary>How long a reading waits for room in the outbox; longer would make the next readings late.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private TelemetryRecord[] _waiting = new TelemetryRecord[mapping.AllSeries.Count];
    private volatile string? _problem;
    private int _count;
    private long _lost;

    /// <summary>Why readings are not being stored; null while they are.</summary>
    public string? Problem => _problem;

    /// <summary>Records that wait in memory, since storing them failed.</summary>
    public int Waiting => _problem is null ? 0 : Volatile.Read(ref _count);

    /// <summary>Records that were given up since the start.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>Stores a reading and all that waited. Returns when they are durable, or when that failed for now.</summary>
    public async ValueTask StoreAsync(EnviroReading reading)
    {
        MakeRoom();
        Volatile.Write(ref _count, _count + mapping.Map(reading, _waiting.AsSpan(_count)));
        try
        {
            using var patience = new CancellationTokenSource(Patience, timeProvider);
            await pipeline.WriteAsync(_waiting.AsMemory(0, _count), patience.Token);
            if (_problem is not null)
            {
                logger.StoringAgain(_count, Lost);
                _problem = null;
            }

            Volatile.Write(ref _count, 0);
        }
        catch (OperationCanceledException)
        {
            Fail("The outbox is full, since a destination takes no records.");
        }
        catch (OutboxWriteException exception)
        {
            Fail(exception.Message);
        }
    }

    private void Fail(string problem)
    {
        if (_problem is null)
        {
            logger.NotStoring(problem, MaximumWaiting);
        }

        _problem = problem;
    }

    private void MakeRoom()
    {
        var needed = _count + mapping.AllSeries.Count;
        if (needed > MaximumWaiting)
        {
            var lost = needed - MaximumWaiting;
            _waiting.AsSpan(lost, _count - lost).CopyTo(_waiting);
            Volatile.Write(ref _count, _count - lost);
            Volatile.Write(ref _lost, _lost + lost);
        }
        else if (needed > _waiting.Length)
        {
            Array.Resize(ref _waiting, Math.Min(MaximumWaiting, Math.Max(needed, 2 * _waiting.Length)));
        }
    }
}
