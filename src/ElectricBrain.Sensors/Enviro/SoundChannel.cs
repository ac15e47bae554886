using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Sound;
using ElectricBrain.Sensors.Sound.Levels;
using ElectricBrain.Sensors.Sound.Sources;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>Listens in the background, as sound cannot be measured in an instant, and keeps the levels of the latest interval.</summary>
internal sealed class SoundChannel : IDisposable
{
    private readonly SoundLevelSensor _sensor;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _maximumAge;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private SoundLevels? _levels;
    private SensorHealth _health;
    private long _levelsAt;

    public SoundChannel(ISoundSource microphone, SoundLevelMeterOptions options, TimeProvider timeProvider, ILogger logger)
    {
        _sensor = new SoundLevelSensor(microphone, options, timeProvider, logger);
        _timeProvider = timeProvider;
        _maximumAge = 2 * options.Interval;
        _health = _sensor.Health;
    }

    /// <summary>Health of the microphone, as of its latest interval.</summary>
    public SensorHealth Health
    {
        get
        {
            lock (_lock)
            {
                return _health;
            }
        }
    }

    /// <summary>Starts to listen.</summary>
    public void Start() => _ = Task.Run(() => MeasureAsync(_stop.Token));

    /// <summary>The levels of the latest interval, unless it is long past.</summary>
    public SoundLevels? Latest()
    {
        lock (_lock)
        {
            return _levels is not null && _timeProvider.GetElapsedTime(_levelsAt) <= _maximumAge ? _levels : null;
        }
    }

    /// <summary>Stops listening; the microphone is closed as soon as it lets go.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        using var sensor = _sensor;
        try
        {
            await foreach (var reading in sensor.MeasureAsync(cancellationToken).ConfigureAwait(false))
            {
                Keep(reading.Levels, reading.Health);
            }
        }
        catch (OperationCanceledException)
        {
            // The hat is closed.
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidDataException)
        {
            Keep(null, new SensorHealth(SensorState.Failed, _timeProvider.GetUtcNow(), SensorFault.InvalidData, exception.Message));
        }
    }

    private void Keep(SoundLevels? levels, SensorHealth health)
    {
        lock (_lock)
        {
            (_levels, _health, _levelsAt) = (levels, health, _timeProvider.GetTimestamp());
        }
    }
}
