namespace ElectricBrain.Sensors.Sampling;

/// <summary>
/// The ticks of several sensors, each at whole multiples of its interval since the start. The multiples are counted from the
/// start on the monotonic clock and never from the last tick, so that nothing adds up and a clock that is set moves nothing.
/// A tick that finds its caller busy is taken late; of several that have passed only the last is, and the others are skipped.
/// </summary>
internal sealed class SamplingSchedule
{
    private readonly TimeProvider _timeProvider;
    private readonly long _start;
    private readonly Track[] _tracks;

    /// <summary>Starts the schedule; the first tick of every sensor is now.</summary>
    public SamplingSchedule(ReadOnlySpan<TimeSpan> intervals, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _start = timeProvider.GetTimestamp();
        _tracks = new Track[intervals.Length];
        for (var i = 0; i < intervals.Length; i++)
        {
            _tracks[i] = new Track { Interval = intervals[i].Ticks, LastTick = -1 };
        }
    }

    /// <summary>Whether the last call of <see cref="TryTakeDue"/> took a tick of the sensor.</summary>
    public bool IsDue(int sensor) => _tracks[sensor].IsDue;

    /// <summary>The ticks that the last call of <see cref="TryTakeDue"/> skipped of the sensor.</summary>
    public long Skipped(int sensor) => _tracks[sensor].Skipped;

    /// <summary>Takes the ticks that are due.</summary>
    /// <param name="wait">How long there is nothing due, when there is nothing.</param>
    /// <returns>Whether a sensor is due.</returns>
    public bool TryTakeDue(out TimeSpan wait)
    {
        var elapsed = _timeProvider.GetElapsedTime(_start).Ticks;
        var any = false;
        var next = long.MaxValue;
        foreach (ref var track in _tracks.AsSpan())
        {
            any |= track.Take(elapsed);
            next = Math.Min(next, (track.LastTick + 1) * track.Interval);
        }

        wait = any ? TimeSpan.Zero : new TimeSpan(next - elapsed);
        return any;
    }

    private struct Track
    {
        public long Interval;
        public long LastTick;
        public long Skipped;
        public bool IsDue;

        public bool Take(long elapsed)
        {
            var tick = elapsed / Interval;
            IsDue = tick > LastTick;
            Skipped = IsDue ? tick - LastTick - 1 : 0;
            LastTick = Math.Max(tick, LastTick);
            return IsDue;
        }
    }
}
