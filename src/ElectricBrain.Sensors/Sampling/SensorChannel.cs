using System.Runtime.CompilerServices;
using ElectricBrain.Sensors.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Sensors.Sampling;

/// <summary>
/// Keeps one sensor delivering: starts it, measures, turns faults into health instead of exceptions, and starts it anew
/// once it answers again.
/// </summary>
internal sealed class SensorChannel<TReading> : IDisposable
    where TReading : struct
{
    /// <summary>How long a sensor that has just delivered values may fail until it counts as failed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly string _name;
    private readonly ISampledSensor<TReading> _sensor;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private StrongBox<SensorHealth> _health;
    private bool _initialized;
    private bool _hasDelivered;
    private bool _isFailing;
    private DateTimeOffset _failingSince;
    private long _failingSinceTimestamp;
    private SensorFault _reported;

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

    private KeyValuePair<string, object?> Tag => new("sensor", _name);

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
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TReading?> SampleAsync(CancellationToken cancellationToken)
    {
        var started = _timeProvider.GetTimestamp();
        try
        {
            if (!_initialized)
            {
                await _sensor.InitializeAsync(cancellationToken).ConfigureAwait(false);
                _initialized = true;
            }

            var reading = await _sensor.MeasureAsync(cancellationToken).ConfigureAwait(false);
            SensorMetrics.Samples.Add(reading is null ? 0 : 1, Tag);
            if (reading is { } value && _sensor.IsSettled(value))
            {
                Succeed();
            }
            else
            {
                WarmUp();
            }

            return reading;
        }
        catch (SensorException exception)
        {
            _initialized = false;
            Fail(exception);
            return null;
        }
        finally
        {
            SensorMetrics.SampleDuration.Record(_timeProvider.GetElapsedTime(started).TotalSeconds, Tag);
        }
    }

    public void Dispose() => _sensor.Dispose();

    private void Succeed()
    {
        if (Health.State == SensorState.Ok)
        {
            return;
        }

        if (_reported != SensorFault.None)
        {
            Log.SensorRecovered(_logger, _name, _timeProvider.GetUtcNow() - _failingSince);
        }

        _hasDelivered = true;
        _isFailing = false;
        _reported = SensorFault.None;
        Health = new SensorHealth(SensorState.Ok, _timeProvider.GetUtcNow());
    }

    /// <summary>The sensor answers, but has nothing yet: it has just been started, or starts by itself.</summary>
    private void WarmUp()
    {
        if (Health.State != SensorState.WarmingUp)
        {
            Health = new SensorHealth(SensorState.WarmingUp, _timeProvider.GetUtcNow());
        }
    }

    private void Fail(SensorException exception)
    {
        SensorMetrics.Failures.Add(1, Tag);
        if (!_isFailing)
        {
            _isFailing = true;
            _failingSince = _timeProvider.GetUtcNow();
            _failingSinceTimestamp = _timeProvider.GetTimestamp();
        }

        var state = _hasDelivered && _timeProvider.GetElapsedTime(_failingSinceTimestamp) < Grace ? SensorState.Retrying : SensorState.Failed;
        if (state == SensorState.Failed && _reported != exception.Fault)
        {
            _reported = exception.Fault;
            Log.SensorFailed(_logger, exception, _name);
        }

        Health = new SensorHealth(state, _failingSince, exception.Fault, exception.Message);
    }
}
