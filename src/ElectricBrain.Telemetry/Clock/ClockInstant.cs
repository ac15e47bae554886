namespace ElectricBrain.Telemetry.Clock;

/// <summary>Both clocks at one instant, in milliseconds.</summary>
/// <param name="Wall">Since 1970, as the machine believes.</param>
/// <param name="Monotonic">Since the machine started, or thereabouts; nobody sets it.</param>
internal readonly record struct ClockInstant(long Wall, long Monotonic)
{
    public long Offset => Wall - Monotonic;

    public static ClockInstant Read(TimeProvider time) =>
        new(time.GetUtcNow().ToUnixTimeMilliseconds(), time.GetElapsedTime(0, time.GetTimestamp()).Ticks / TimeSpan.TicksPerMillisecond);
}
