using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Sensors.Enviro;

namespace ElectricBrain.Samples.SensorAgent.Sampling;

/// <summary>Takes a reading at every tick, shows it and stores it.</summary>
internal sealed class Sampler(
    EnviroHat hat, ReadingFeed feed, ReadingStore store, AgentOptions options, TimeProvider timeProvider, ILogger<Sampler> logger) : BackgroundService
{
    private TickSchedule? _ticks;
    private volatile string? _problem;

    /// <summary>When the sampling began.</summary>
    public DateTimeOffset StartedAt { get; } = timeProvider.GetUtcNow();

    /// <summary>Why no reading can be taken; null while they are taken, whatever their health.</summary>
    public string? Problem => _problem;

    /// <summary>Ticks that passed while the last reading was still being taken or stored.</summary>
    public long SkippedTicks => _ticks?.Skipped ?? 0;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _ticks = new TickSchedule(options.Interval, timeProvider);
        try
        {
            while (true)
            {
                await SampleAsync(stoppingToken);
                await _ticks.WaitForNextAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.SamplingStopped(feed.Count, SkippedTicks);
        }
    }

    private async ValueTask SampleAsync(CancellationToken stoppingToken)
    {
        try
        {
            var reading = await hat.ReadAsync(stoppingToken);
            feed.Publish(reading);

            // Not with the stopping token: what has been read is stored.
            await store.StoreAsync(reading);
            _problem = null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A fault of a sensor is in the reading's health. Whatever else happens, the next tick is another chance.
            if (_problem is null)
            {
                logger.SamplingFailed(exception);
            }

            _problem = exception.Message;
        }
    }
}
