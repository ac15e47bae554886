using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>
/// Reads the sensors of a hat at their ticks, for any number of readers. Ticks are whole multiples of a sensor's interval since the
/// start, on the monotonic clock: they do not drift, and setting the clock does not move them. Sensors that are due together
/// share a reading. Apart from what the drivers need, sampling allocates nothing.
/// </summary>
public sealed class EnviroSampler
{
    /// <summary>How many a reader may be behind by default.</summary>
    public const int DefaultCapacity = 16;

    private readonly EnviroHat _hat;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly (EnviroSensors Sensor, string Name, TimeSpan Interval)[] _sensors;
    private readonly long[] _skippedTicks;
    private readonly List<ValueTask> _waitedFor = [];
    private readonly Lock _lock = new();
    private ReadingListener[] _listeners = [];
    private EnviroReading _latest;
    private long _latestAt;
    private long _readings;
    private bool _started;
    private bool _stopped;
    private Exception? _failure;

    /// <summary>Creates a sampler; <see cref="RunAsync"/> starts it.</summary>
    /// <param name="hat">The hat. Not disposed by the sampler.</param>
    /// <param name="options">How often its sensors are read.</param>
    /// <param name="timeProvider">The clock of the ticks.</param>
    /// <param name="logger">Told when no reading can be taken at all.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public EnviroSampler(EnviroHat hat, EnviroSamplerOptions? options = null, TimeProvider? timeProvider = null, ILogger<EnviroSampler>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(hat);
        options ??= new EnviroSamplerOptions();
        options.Validate();
        _hat = hat;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _logger = (ILogger?)logger ?? NullLogger.Instance;
        _sensors = [.. SensorsOf(options)];
        _skippedTicks = new long[_sensors.Length];
    }

    /// <summary>How many readings have been taken.</summary>
    public long Readings => Interlocked.Read(ref _readings);

    /// <summary>
    /// Why no reading could be taken at the last tick; null while they are taken. Faults of sensors and buses are not meant: they
    /// show in the health of the readings.
    /// </summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>How many ticks of the sensors were skipped, since the readings before them took too long.</summary>
    /// <param name="sensors">One sensor, or several whose skipped ticks are added up.</param>
    public long SkippedTicks(EnviroSensors sensors)
    {
        var skipped = 0L;
        for (var i = 0; i < _sensors.Length; i++)
        {
            skipped += (_sensors[i].Sensor & sensors) != 0 ? Interlocked.Read(ref _skippedTicks[i]) : 0;
        }

        return skipped;
    }

    /// <summary>The latest sample of every sensor, put together, and how long ago the last of them was taken.</summary>
    /// <returns>False before the first reading.</returns>
    public bool TryGetLatest(out EnviroReading reading, out TimeSpan age)
    {
        lock (_lock)
        {
            reading = _latest;
            age = _readings > 0 ? _timeProvider.GetElapsedTime(_latestAt) : default;
            return _readings > 0;
        }
    }

    /// <summary>
    /// The readings from now on. Each has the sensors that were due (<see cref="EnviroReading.Sensors"/>); the values of the others
    /// are null.
    /// </summary>
    /// <param name="capacity">How many the reader may be behind; with 1 it gets the latest.</param>
    /// <param name="whenFull">
    /// What becomes of more: by default the oldest is dropped, and counted. With <see cref="BoundedChannelFullMode.Wait"/> none is
    /// lost, but the sampler waits for this reader, and skips ticks meanwhile. Other readers are never kept waiting for a reading.
    /// </param>
    public SampleStream<EnviroReading> Subscribe(int capacity = DefaultCapacity, BoundedChannelFullMode whenFull = BoundedChannelFullMode.DropOldest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        var stream = new SampleStream<EnviroReading>(capacity, whenFull);
        Add(new ReadingListener.OfReadings(stream));
        return stream;
    }

    /// <summary>
    /// The windows from now on, each once a reading after it is taken, the last one when the sampler stops. They have every
    /// reading, however slow their reader is.
    /// </summary>
    /// <param name="length">The length of a window.</param>
    /// <param name="capacity">How many the reader may be behind.</param>
    /// <param name="whenFull">What becomes of more, as in <see cref="Subscribe"/>.</param>
    public SampleStream<EnviroWindow> SubscribeWindows(TimeSpan length, int capacity = DefaultCapacity, BoundedChannelFullMode whenFull = BoundedChannelFullMode.DropOldest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, EnviroSamplerOptions.Shortest);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        var stream = new SampleStream<EnviroWindow>(capacity, whenFull);
        Add(new ReadingListener.OfWindows(stream, new EnviroWindowBuilder(length, _timeProvider)));
        return stream;
    }

    /// <summary>Samples until it is cancelled, and then completes all streams. It runs once.</summary>
    /// <exception cref="InvalidOperationException">The sampler runs, or has run.</exception>
    /// <exception cref="ObjectDisposedException">The hat was disposed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, true))
        {
            throw new InvalidOperationException("The sampler runs, or has run. Create another one.");
        }

        try
        {
            using var timer = new PeriodicTimer(EnviroSamplerOptions.Longest, _timeProvider);
            var schedule = new SamplingSchedule([.. _sensors.Select(static sensor => sensor.Interval)], _timeProvider);
            while (!cancellationToken.IsCancellationRequested)
            {
                while (!schedule.TryTakeDue(out var wait))
                {
                    // Timers count whole milliseconds and cut the rest off.
                    timer.Period = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
                    await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
                }

                await SampleAsync(Due(schedule), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            Complete();
        }
    }

    private static IEnumerable<(EnviroSensors Sensor, string Name, TimeSpan Interval)> SensorsOf(EnviroSamplerOptions options)
    {
        (EnviroSensors Sensor, string Name, TimeSpan? Interval)[] all =
        [
            (EnviroSensors.Bme280, "BME280", options.Bme280),
            (EnviroSensors.Ltr559, "LTR559", options.Ltr559),
            (EnviroSensors.Mics6814, "MICS6814", options.Mics6814),
            (EnviroSensors.Pms5003, "PMS5003", options.Pms5003),
            (EnviroSensors.Microphone, "microphone", options.Microphone),
        ];
        return all.Where(static sensor => sensor.Interval is not null).Select(static sensor => (sensor.Sensor, sensor.Name, sensor.Interval!.Value));
    }

    private EnviroSensors Due(SamplingSchedule schedule)
    {
        var due = EnviroSensors.None;
        for (var i = 0; i < _sensors.Length; i++)
        {
            due |= schedule.IsDue(i) ? _sensors[i].Sensor : EnviroSensors.None;
            if (schedule.Skipped(i) is > 0 and var skipped)
            {
                Interlocked.Add(ref _skippedTicks[i], skipped);
                SensorMetrics.SkippedTicks.Add(skipped, new KeyValuePair<string, object?>("sensor", _sensors[i].Name));
            }
        }

        return due;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SampleAsync(EnviroSensors due, CancellationToken cancellationToken)
    {
        try
        {
            Publish(await _hat.ReadAsync(due, cancellationToken).ConfigureAwait(false), cancellationToken);
            Volatile.Write(ref _failure, null);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ObjectDisposedException))
        {
            // A fault of a sensor is in its health. Whatever else happens, the next tick is another chance.
            if (Interlocked.Exchange(ref _failure, exception) is null)
            {
                Log.SamplingFailed(_logger, exception);
            }
        }

        foreach (var reader in _waitedFor)
        {
            await reader.ConfigureAwait(false);
        }

        _waitedFor.Clear();
    }

    private void Publish(in EnviroReading reading, CancellationToken cancellationToken)
    {
        ReadingListener[] listeners;
        lock (_lock)
        {
            _latest = _latest.With(reading);
            _latestAt = _timeProvider.GetTimestamp();
            _readings++;
            if (Array.Exists(_listeners, static listener => listener.HasLeft))
            {
                _listeners = Array.FindAll(_listeners, static listener => !listener.HasLeft);
            }

            listeners = _listeners;
        }

        foreach (var listener in listeners)
        {
            var taken = listener.TakeAsync(reading, cancellationToken);
            if (!taken.IsCompletedSuccessfully)
            {
                _waitedFor.Add(taken);
            }
        }
    }

    private void Add(ReadingListener listener)
    {
        lock (_lock)
        {
            if (_stopped)
            {
                listener.Complete();
            }
            else
            {
                _listeners = [.. _listeners, listener];
            }
        }
    }

    private void Complete()
    {
        lock (_lock)
        {
            _stopped = true;
            Array.ForEach(_listeners, static listener => listener.Complete());
            _listeners = [];
        }
    }
}
