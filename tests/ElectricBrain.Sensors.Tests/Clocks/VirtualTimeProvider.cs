namespace ElectricBrain.Sensors.Tests.Clocks;

/// <summary>A clock that jumps to the end of every wait, so that what waits runs at once and the time it took can be read.</summary>
internal sealed class VirtualTimeProvider : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public TimeSpan Elapsed { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public void Advance(TimeSpan time) => Elapsed += time;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        JumpOver(dueTime, callback, state);
        return new JumpingTimer(this, callback, state);
    }

    private void JumpOver(TimeSpan dueTime, TimerCallback callback, object? state)
    {
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            Advance(dueTime);
            callback(state);
        }
    }

    private sealed class JumpingTimer(VirtualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            // A deadline that is moved is for something else that runs; nobody waits for it to come.
            if (state is not CancellationTokenSource)
            {
                clock.JumpOver(dueTime, callback, state);
            }

            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
