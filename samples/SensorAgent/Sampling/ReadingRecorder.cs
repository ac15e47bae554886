using ElectricBrain.Sensors.Enviro;

namespace ElectricBrain.Samples.SensorAgent.Sampling;

/// <summary>Stores every reading as it is taken, until the sampling has ended and all of them are stored.</summary>
internal sealed class ReadingRecorder(RunningSampler sampling, ReadingStore store, ILogger<ReadingRecorder> logger) : BackgroundService
{
    private volatile string? _problem;

    /// <summary>When the agent began.</summary>
    public DateTimeOffset StartedAt => sampling.StartedAt;

    /// <summary>Readings that were not stored, since storing those before took too long.</summary>
    public long Missed => sampling.Readings.Dropped;

    /// <summary>Why readings cannot be stored, beyond what the store knows of; null while they can.</summary>
    public string? Problem => _problem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not with the token: what has been read is stored. The stream ends when the sampling does.
        await foreach (var reading in sampling.Readings)
        {
            await StoreAsync(reading);
        }

        logger.SamplingStopped(sampling.Sampler.Readings, sampling.Sampler.SkippedTicks(EnviroSensors.Bme280));
    }

    private async ValueTask StoreAsync(EnviroReading reading)
    {
        try
        {
            await store.StoreAsync(reading);
            _problem = null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // What the store does not expect must not end the agent: the next reading is another chance.
            if (_problem is null)
            {
                logger.StoringFailed(exception);
            }

            _problem = exception.Message;
        }
    }
}
