namespace ElectricBrain.Sensors.Tests.Clocks;

/// <summary>
/// A clock that jumps from one timer to the next, each timer on the thread that runs the clock: whatever waits runs in the one
/// order that its timers have, and days pass in a moment. Waits that nothing would ever end are found.
/// </summary>
internal sealed class EventClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 6, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<(Timer Timer, int Version), (long Due, long Number)> _due = new();
    private long _now;
    private long _timers;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public TimeSpan Elapsed => new(_now);

    public override DateTimeOffset GetUtcNow() => Start + Elapsed;

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass until the work is done.</summary>
    public async ValueTask<T> RunAsync<T>(ValueTask<T> work)
    {
        if (work.IsCompleted)
        {
            return await work;
        }

        var task = work.AsTask();
        while (!task.IsCompleted)
        {
            Assert.True(Step(long.MaxValue), $"After {Elapsed} the work waits for something that never comes.");
        }

        return await task;
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan time)
    {
        var end = _now + time.Ticks;
        while (Step(end))
        {
        }

        _now = Math.Max(_now, end);
    }

    private bool Step(long end)
    {
        while (_due.TryPeek(out var next, out var when) && when.Due <= end)
        {
            _due.Dequeue();
            if (next.Timer.Version == next.Version)
            {
                _now = Math.Max(_now, when.Due);
                next.Timer.Fire();
                return true;
            }
        }

        return false;
    }

    private sealed class Timer(EventClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public int Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Version++;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                // Timers count whole milliseconds and cut the rest off.
                clock._due.Enqueue((this, Version), (clock._now + (long)dueTime.TotalMilliseconds * TimeSpan.TicksPerMillisecond, clock._timers++));
            }

            return true;
        }

        public void Fire()
        {
            Version++;
            if (_period > TimeSpan.Zero)
            {
                Change(_period, _period);
            }

            callback(state);
        }

        public void Dispose() => Version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
