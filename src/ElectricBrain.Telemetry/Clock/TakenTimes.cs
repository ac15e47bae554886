using ElectricBrain.Telemetry.Documents;
using ElectricBrain.Telemetry.Outbox;

namespace ElectricBrain.Telemetry.Clock;

/// <summary>
/// The milliseconds that series have used: of dated records since 1970, of held ones since their boot, until a decision dates them.
/// </summary>
internal sealed class TakenTimes
{
    private readonly TimestampGuard _dated = new();
    private readonly Dictionary<Guid, TimestampGuard> _held = [];

    // The boot is null for a dated record.
    private (Guid? Boot, long Millisecond)? _last;

    /// <summary>How many times were moved since theirs was taken.</summary>
    public long Moved { get; private set; }

    /// <summary>The time of the last record of an earlier process, in the order of the outbox; null when there is none that has a date.</summary>
    public long? Last => _last is { Boot: null } last ? last.Millisecond : null;

    public long Claim(ulong series, long millisecond) => Count(_dated.Claim(series, millisecond), millisecond);

    public long ClaimHeld(Guid boot, ulong series, long monotonic) => Count(HeldOf(boot).Claim(series, monotonic), monotonic);

    public void Restore(ulong series, long millisecond)
    {
        _dated.Restore(series, millisecond);
        _last = (null, millisecond);
    }

    public void RestoreHeld(Guid boot, ulong series, long monotonic)
    {
        HeldOf(boot).Restore(series, monotonic);
        _last = (boot, monotonic);
    }

    public void Release(ulong series, long millisecond) => _dated.Release(series, millisecond);

    /// <summary>Gives back what a held record claimed, under its date where it has one by now.</summary>
    public void ReleaseHeld(ClockDecision decision, ulong series, long monotonic)
    {
        if (_held.TryGetValue(decision.Boot, out var held))
        {
            held.Release(series, monotonic);
        }
        else
        {
            _dated.Release(series, monotonic + decision.Offset);
        }
    }

    /// <summary>The least offset, from a wanted one on, under which no held record of a boot meets a dated one.</summary>
    public long FindOffset(Guid boot, long wanted)
    {
        if (_held.TryGetValue(boot, out var held))
        {
            while (held.Any(taken => _dated.Contains(taken.Series, taken.Millisecond + wanted)))
            {
                wanted++;
            }
        }

        return wanted;
    }

    /// <summary>Dates the held records of a boot.</summary>
    public void Date(ClockDecision decision)
    {
        if (_held.Remove(decision.Boot, out var held))
        {
            foreach (var (series, monotonic) in held)
            {
                _dated.Restore(series, monotonic + decision.Offset);
            }
        }

        if (_last is { } last && last.Boot == decision.Boot)
        {
            _last = (null, last.Millisecond + decision.Offset);
        }
    }

    private long Count(long claimed, long wanted)
    {
        Moved += claimed == wanted ? 0 : 1;
        return claimed;
    }

    private TimestampGuard HeldOf(Guid boot)
    {
        if (!_held.TryGetValue(boot, out var held))
        {
            _held.Add(boot, held = new TimestampGuard());
        }

        return held;
    }
}
