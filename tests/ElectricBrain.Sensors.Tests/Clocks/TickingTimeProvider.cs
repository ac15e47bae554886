namespace ElectricBrain.Sensors.Tests.Clocks;

/// <summary>A clock that moves on a little whenever it is read, as the transfers between two readings of it take their time.</summary>
internal sealed class TickingTimeProvider(TimeSpan tick) : TimeProvider
{
    private TimeSpan _elapsed;

    public int TimersCreated { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + _elapsed;

    public override long GetTimestamp() => (_elapsed += tick).Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        TimersCreated++;
        return System.CreateTimer(callback, state, dueTime, period);
    }
}
