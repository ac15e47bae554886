namespace ElectricBrain.Samples.SensorAgent.Sampling;

/// <summary>
/// Ticks at whole multiples of an interval since its creation. The multiples are counted from the start, never from the last
/// tick, so that nothing adds up; a tick that passes while the caller is busy is skipped.
/// </summary>
internal sealed class TickSchedule(TimeSpan interval, TimeProvider timeProvider)
{
    private readonly long _start = timeProvider.GetTimestamp();
    private long _last;

    /// <summary>How many ticks passed while the caller was busy.</summary>
    public long Skipped { get; private set; }

    /// <summary>Waits for the next tick that has not passed.</summary>
    public async ValueTask WaitForNextAsync(CancellationToken cancellationToken)
    {
        var elapsed = timeProvider.GetElapsedTime(_start);

        // A timer may fire a little early: its tick is not to come twice.
        var next = Math.Max(_last, elapsed.Ticks / interval.Ticks) + 1;
        Skipped += next - _last - 1;
        _last = next;
        await Task.Delay(new TimeSpan(next * interval.Ticks) - elapsed, timeProvider, cancellationToken);
    }
}
