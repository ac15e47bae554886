using System.Runtime.CompilerServices;
using ElectricBrain.Sensors.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Sensors.Sampling;

/// <summary>
/// Keeps one sensor delivering: starts it, measures, turns faults into health instead of exceptions, and starts it anew
/// once it answers again.
/// </summary>
internal sealed class SensorChannel<TReading>
    where TReading : struct
{
    private readonly string _name;
    private readonly ISampledSensor<TReading> _sensor;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private StrongBox<SensorHealth> _health;
    private bool _initialized;

    public SensorChannel(string name, ISampledSensor<TReading> sensor, TimeProvider timeProvider, ILogger logger)
    {
        _name = name;
        _sensor = sensor;
        _timeProvider = timeProvider;
        _logger = logger;
        _health = new StrongBox<SensorHealth>(new SensorHealth(SensorState.WarmingUp, timeProvider.GetUtcNow()));
    }

    /// <summary>Read by others while a sample is taken, so it is replaced whole.</summary>
    public SensorHealth Health
    {
        get => Volatile.Read(ref _health).Value;
        private set => Volatile.Write(ref _health, new StrongBox<SensorHealth>(value));
    }

    /// <summary>Asks the chip who it is. What keeps it from answering rightly is returned, and is its health.</summary>
    public SensorException? Probe()
    {
        try
        {
            _sensor.Identify();
            return null;
        }
        catch (SensorException exception)
        {
            Fail(exception);
            return exception;
        }
    }

    /// <summary>One sample, or null with the health telling why.</summary>
    public async ValueTask<TReading?> SampleAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!_initialized)
            {
                await _sensor.InitializeAsync(cancellationToken).ConfigureAwait(false);
                _initialized = true;
            }

            var reading = await _sensor.MeasureAsync(cancellationToken).ConfigureAwait(false);
            if (reading is not null)
            {
                Succeed();
            }

            return reading;
        }
        catch (SensorException exception)
        {
            _initialized = false;
            Fail(exception);
            return null;
        }
    }

    private void Succeed()
    {
        if (Health.State == SensorState.Ok)
        {
            return;
        }

        if (Health.State == SensorState.Failed)
        {
            Log.SensorRecovered(_logger, _name, _timeProvider.GetUtcNow() - Health.Since);
        }

        Health = new SensorHealth(SensorState.Ok, _timeProvider.GetUtcNow());
    }

    private void Fail(SensorException exception)
    {
        SensorMetrics.Failures.Add(1, new KeyValuePair<string, object?>("sensor", _name));
        if (Health.State != SensorState.Failed || Health.Fault != exception.Fault)
        {
            Log.SensorFailed(_logger, exception, _name);
        }

        var since = Health.State == SensorState.Failed ? Health.Since : _timeProvider.GetUtcNow();
        Health = new SensorHealth(SensorState.Failed, since, exception.Fault, exception.Message);
    }
}
