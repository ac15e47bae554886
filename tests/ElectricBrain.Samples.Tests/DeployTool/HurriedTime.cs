namespace ElectricBrain.Samples.Tests.DeployTool;

/// <summary>A clock that runs faster, for waits that a person would have.</summary>
internal sealed class HurriedTime(int factor) : TimeProvider
{
    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow();

    public override long GetTimestamp() => System.GetTimestamp() * factor;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / factor : dueTime, period);
}
