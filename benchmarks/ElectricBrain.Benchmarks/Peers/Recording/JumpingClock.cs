namespace ElectricBrain.Benchmarks.Peers.Recording;

/// <summary>A clock that jumps to whatever is waited for, so that a recording takes no time and is the same each time.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + _elapsed;

    public override long GetTimestamp() => _elapsed.Ticks;

    public void Advance(TimeSpan time) => _elapsed += time;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero)
        {
            Advance(dueTime);
        }

        return new Timer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
