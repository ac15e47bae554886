using System.Runtime.CompilerServices;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Sound.Levels;
using ElectricBrain.Sensors.Sound.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ElectricBrain.Sensors.Sound;

/// <summary>
/// Measures the sound of a source without end: a source that fails shows in the health of the readings and is opened again, after
/// pauses from one to thirty seconds.
/// </summary>
public sealed class SoundLevelSensor : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly ISoundSource _source;
    private readonly SoundLevelMeterOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly HealthTrack _health;
    private StrongBox<SensorHealth> _shown;

    /// <summary>Creates the sensor; the source is opened by the measuring.</summary>
    /// <param name="source">Where the sound comes from. Disposed with the sensor.</param>
    /// <param name="options">How to measure.</param>
    /// <param name="timeProvider">The clock of the readings and pauses.</param>
    /// <param name="logger">Told when the microphone fails and when it delivers again.</param>
    public SoundLevelSensor(ISoundSource source, SoundLevelMeterOptions? options = null, TimeProvider? timeProvider = null, ILogger<SoundLevelSensor>? logger = null)
        : this(source, options, timeProvider, (ILogger?)logger)
    {
    }

    internal SoundLevelSensor(ISoundSource source, SoundLevelMeterOptions? options, TimeProvider? timeProvider, ILogger? logger)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        _options = options ?? new SoundLevelMeterOptions();
        _timeProvider = timeProvider ?? TimeProvider.System;
        _logger = logger ?? NullLogger.Instance;
        _health = new HealthTrack(_timeProvider);
        _shown = new StrongBox<SensorHealth>(_health.Current);
    }

    /// <summary>Health of the microphone, as of the last reading. May be read while it measures.</summary>
    public SensorHealth Health => Volatile.Read(ref _shown).Value;

    /// <summary>Measures until it is cancelled or the sound ends. One measuring at a time.</summary>
    /// <exception cref="ArgumentException">The options do not suit the format of the source.</exception>
    /// <exception cref="InvalidDataException">A file holds no sound that can be measured.</exception>
    public async IAsyncEnumerable<SoundLevelReading> MeasureAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var pause = FirstPause;
        while (true)
        {
            var (format, fault) = await OpenAsync(cancellationToken).ConfigureAwait(false);
            if (fault is null)
            {
                var meter = new SoundLevelMeter(format, _options, _timeProvider, _health);
                var buffer = new byte[format.SampleRate / 10 * format.BytesPerFrame];
                var gaps = _source.Gaps;
                while (true)
                {
                    (var length, fault) = await ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                    if (length == 0)
                    {
                        break;
                    }

                    if (_source.Gaps != gaps)
                    {
                        gaps = _source.Gaps;
                        meter.Restart();
                    }

                    var position = 0;
                    while (TryMeasure(meter, buffer.AsSpan(0, length), ref position, out var reading))
                    {
                        pause = FirstPause;
                        yield return Show(reading);
                    }
                }
            }

            if (fault is null)
            {
                yield break;
            }

            _health.Fail(fault.Fault, fault.Message);
            yield return Show(new SoundLevelReading { Timestamp = _timeProvider.GetUtcNow(), Health = _health.Current }, fault);
            await Task.Delay(pause, _timeProvider, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Closes the source.</summary>
    public void Dispose() => _source.Dispose();

    private static bool TryMeasure(SoundLevelMeter meter, ReadOnlySpan<byte> frames, ref int position, out SoundLevelReading reading)
    {
        var rest = frames[position..];
        var complete = meter.TryMeasure(ref rest, out reading);
        position = frames.Length - rest.Length;
        return complete;
    }

    private async ValueTask<(SoundFormat Format, SensorException? Fault)> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _source.OpenAsync(cancellationToken).ConfigureAwait(false), null);
        }
        catch (SensorException exception)
        {
            return (default, exception);
        }
    }

    /// <summary>The bytes that were read; none with a fault, or at the end of the sound.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<(int Length, SensorException? Fault)> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return (await _source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), null);
        }
        catch (SensorException exception)
        {
            return (0, exception);
        }
    }

    private SoundLevelReading Show(SoundLevelReading reading, SensorException? exception = null)
    {
        var (before, now) = (_shown.Value, reading.Health);
        if (now.State == SensorState.Failed)
        {
            SensorMetrics.Failures.Add(1, new KeyValuePair<string, object?>("sensor", "microphone"));
            if (before.State != SensorState.Failed || before.Fault != now.Fault)
            {
                Log.SensorFailed(_logger, exception ?? new SensorException(now.Fault, now.Message!), _source.Name);
            }
        }
        else if (before.State == SensorState.Failed)
        {
            Log.SensorRecovered(_logger, _source.Name, now.Since - before.Since);
        }

        if (before != now)
        {
            Volatile.Write(ref _shown, new StrongBox<SensorHealth>(now));
        }

        return reading with { IsSimulated = _source.IsSimulated };
    }
}
