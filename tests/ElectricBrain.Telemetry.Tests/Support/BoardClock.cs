using ElectricBrain.Telemetry.Clock;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Telemetry.Tests.Support;

/// <summary>
/// The clocks of a board without a battery: the time of day can be wrong and be set, the monotonic clock starts anew with each boot. Timers follow the true time.
/// </summary>
internal sealed class BoardClock(DateTimeOffset now) : TimeProvider, IClockAuthority
{
    private readonly FakeTimeProvider _true = new(now);
    private TimeSpan _error;
    private DateTimeOffset _bootedAt = now;

    public Guid? Boot { get; private set; } = Guid.NewGuid();

    public bool IsSynchronised { get; private set; }

    public DateTimeOffset TrueTime => _true.GetUtcNow();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => TrueTime + _error;

    public override long GetTimestamp() => (TrueTime - _bootedAt).Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _true.CreateTimer(callback, state, dueTime, period);

    public bool IsTrusted() => IsSynchronised;

    public void Advance(TimeSpan time) => _true.Advance(time);

    /// <summary>Sets the time of day, as a user or a bad battery does.</summary>
    public void Set(DateTimeOffset time) => _error = time - TrueTime;

    /// <summary>Sets the time of day right, as time synchronisation does.</summary>
    public void Synchronise() => (_error, IsSynchronised) = (TimeSpan.Zero, true);

    /// <summary>Synchronisation was too long ago.</summary>
    public void LoseSynchronisation() => IsSynchronised = false;

    /// <summary>Starts the board again, with some time in its clock.</summary>
    public void Reboot(DateTimeOffset time)
    {
        (Boot, IsSynchronised, _bootedAt) = (Guid.NewGuid(), false, TrueTime);
        Set(time);
    }
}
