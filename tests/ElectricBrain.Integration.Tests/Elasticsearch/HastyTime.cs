namespace ElectricBrain.Integration.Tests.Elasticsearch;

/// <summary>The right date, but a clock whose seconds are short: what waits for an hour waits for a moment, while a real server keeps its own time.</summary>
internal sealed class HastyTime(int factor) : TimeProvider
{
    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => System.GetTimestamp() * factor;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Shorter(dueTime), Shorter(period));

    private TimeSpan Shorter(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : span / factor;
}
