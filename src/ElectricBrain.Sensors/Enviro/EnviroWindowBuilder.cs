using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>Sums readings up, window by window. Allocates for a window, never for a reading.</summary>
internal sealed class EnviroWindowBuilder(TimeSpan length, TimeProvider timeProvider)
{
    /// <summary>Clocks that are corrected in small steps stay below it.</summary>
    private static readonly TimeSpan ClockWasSet = TimeSpan.FromMilliseconds(500);

    private readonly RunningStatistics[] _statistics = new RunningStatistics[EnviroQuantities.Count];
    private RunningStatistics _soundPower;
    private DateTimeOffset _start;
    private DateTimeOffset _last;
    private long _lastTimestamp;
    private long _readings;
    private bool _isSimulated;
    private bool _isWhole;

    /// <summary>Adds a reading.</summary>
    /// <returns>The window before, when the reading is the first after it; else null.</returns>
    public EnviroWindow? Add(in EnviroReading reading)
    {
        var now = timeProvider.GetTimestamp();
        var clockWasSet = _readings > 0 && (reading.Timestamp - _last - timeProvider.GetElapsedTime(_lastTimestamp, now)).Duration() > ClockWasSet;
        EnviroWindow? finished = null;
        if (_readings == 0)
        {
            Begin(reading.Timestamp, isWhole: false);
        }
        else if (reading.Timestamp < _start || reading.Timestamp >= _start + length)
        {
            // Readings that stopped within it, as those of a sampler that was held, did not see its end.
            finished = Finish(_isWhole && !clockWasSet && reading.Timestamp - _last < 2 * length);
            Begin(reading.Timestamp, isWhole: !clockWasSet);
        }
        else
        {
            _isWhole &= !clockWasSet;
        }

        Take(reading);
        (_last, _lastTimestamp) = (reading.Timestamp, now);
        return finished;
    }

    /// <summary>The window so far, incomplete; null without a reading.</summary>
    public EnviroWindow? End() => _readings == 0 ? null : Finish(isComplete: false);

    private void Begin(DateTimeOffset time, bool isWhole)
    {
        _start = new DateTimeOffset(time.UtcTicks - time.UtcTicks % length.Ticks, TimeSpan.Zero);
        // A window in which the last reading was long ago has no beginning either.
        _isWhole = isWhole && _start - _last < length;
    }

    private void Take(in EnviroReading reading)
    {
        _readings++;
        _isSimulated |= reading.IsSimulated;
        for (var quantity = 0; quantity < _statistics.Length; quantity++)
        {
            if (EnviroQuantities.ValueOf(reading, (EnviroQuantity)quantity) is { } value)
            {
                _statistics[quantity].Add(value, reading.Timestamp);
            }
        }

        if (reading.Sound is { } sound)
        {
            _soundPower.Add(Math.Pow(10, sound.A.Equivalent / 10), reading.Timestamp);
        }
    }

    private EnviroWindow Finish(bool isComplete)
    {
        var window = new EnviroWindow(Array.ConvertAll(_statistics, static statistics => statistics.Current))
        {
            Start = _start,
            Length = length,
            IsComplete = isComplete,
            Readings = _readings,
            IsSimulated = _isSimulated,
            EquivalentSoundLevelDecibels = _soundPower.Current is { } power ? 10 * Math.Log10(power.Mean) : null,
        };
        Array.Clear(_statistics);
        _soundPower = default;
        _readings = 0;
        _isSimulated = false;
        return window;
    }
}
