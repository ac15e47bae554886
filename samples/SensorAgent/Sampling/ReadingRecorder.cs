using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Samples.SensorAgent.Sampling;

/// <summary>Stores every reading as it is taken, until the sampling has ended and all of them are stored.</summary>
internal sealed class ReadingRecorder : BackgroundService
{
    /// <summary>How many readings the storing may be behind. It is patient for less than a second with each; a full outbox makes the rest wait in the store.</summary>
    private const int Capacity = 64;

    private readonly EnviroSampler _sampler;
    private readonly SampleStream<EnviroReading> _readings;
    private readonly ReadingStore _store;
    private readonly ILogger<ReadingRecorder> _logger;
    private volatile string? _problem;

    public ReadingRecorder(EnviroSampler sampler, ReadingStore store, TimeProvider timeProvider, ILogger<ReadingRecorder> logger)
    {
        // Before the sampling starts, so that no reading is missed.
        _sampler = sampler;
        _readings = sampler.Subscribe(Capacity);
        _store = store;
        _logger = logger;
        StartedAt = timeProvider.GetUtcNow();
    }

    /// <summary>When the agent began.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Readings that were not stored, since storing those before took too long.</summary>
    public long Missed => _readings.Dropped;

    /// <summary>Why readings cannot be stored, beyond what the store knows of; null while they can.</summary>
    public string? Problem => _problem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not with the token: what has been read is stored. The stream ends when the sampling does.
        await foreach (var reading in _readings)
        {
            await StoreAsync(reading);
        }

        _logger.SamplingStopped(_sampler.Readings, _sampler.SkippedTicks(EnviroSensors.Bme280));
    }

    private async ValueTask StoreAsync(EnviroReading reading)
    {
        try
        {
            await _store.StoreAsync(reading);
            _problem = null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // What the store does not expect must not end the agent: the next reading is another chance.
            if (_problem is null)
            {
                _logger.StoringFailed(exception);
            }

            _problem = exception.Message;
        }
    }
}
