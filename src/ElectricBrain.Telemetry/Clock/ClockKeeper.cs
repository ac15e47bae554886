using ElectricBrain.Telemetry.Documents;
using ElectricBrain.Telemetry.Outbox;

namespace ElectricBrain.Telemetry.Clock;

/// <summary>
/// Dates records. While the machine's clock was not set since it started, a record is held under the monotonic clock; one decision then dates all of that
/// boot's. A record is dated again only when it is new, so that its time is the machine's own and not one that the caller has from elsewhere.
/// Safe for concurrent callers, but for <see cref="Poll"/>.
/// </summary>
internal sealed class ClockKeeper(IClockAuthority? authority, TimeProvider time, TimeSpan patience)
{
    /// <summary>How often to look at the clock.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // What lies between a reading and its write, and still counts as new.
    private const long OldestNew = 60_000;
    private const long EarliestNew = -1_000;

    // A clock that is slewed differs by less within a second.
    private const long SmallestStep = 1_000;

    private readonly Lock _gate = new();
    private readonly TakenTimes _taken = new();
    private ClockLedger? _ledger;
    private ClockDecision _decision;
    private ClockState _state;
    private ClockDecision? _unsaved;
    private long _offset; // of the wall clock, when it was last looked at
    private long _formerOffset; // and before the last step
    private long _formerForgottenAt;
    private long _floor = long.MinValue; // the offset under which this boot would begin before what was stored before it
    private long _guess; // the offset that dates records while nobody knows better

    public ClockState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    public long Moved
    {
        get
        {
            lock (_gate)
            {
                return _taken.Moved;
            }
        }
    }

    /// <summary>Takes up the time of a record that an earlier process wrote; before <see cref="Begin"/>.</summary>
    public void Restore(ulong series, long millisecond)
    {
        lock (_gate)
        {
            _taken.Restore(series, millisecond);
        }
    }

    /// <inheritdoc cref="Restore"/>
    public void RestoreHeld(Guid boot, ulong series, long monotonic)
    {
        lock (_gate)
        {
            _taken.RestoreHeld(boot, series, monotonic);
        }
    }

    /// <summary>Decides on the boots that are over, and finds out where this one stands.</summary>
    /// <param name="ledger">The decisions.</param>
    /// <param name="start">The sequence before the oldest record.</param>
    /// <param name="end">The sequence of the last record.</param>
    public void Begin(ClockLedger ledger, long start, long end)
    {
        lock (_gate)
        {
            _ledger = ledger;
            var boot = authority?.Boot;
            var changed = new List<ClockDecision>();
            foreach (var known in ledger.All().Where(known => known.Boot != boot))
            {
                // The machine went down before its clock was set: nobody will know better than it did.
                var final = known.IsFinal ? known : known with { Mark = ClockMark.Unsynchronised, Offset = _taken.FindOffset(known.Boot, known.Offset) };
                _taken.Date(final);
                changed.Add(final with { Through = final.Through == 0 ? end : final.Through });
            }

            if (boot is { } current)
            {
                changed.Add(Enter(current, ClockInstant.Read(time)));
            }

            _unsaved = null;
            ledger.Save(changed, decision => decision.Boot == boot || decision.Through > start);
        }
    }

    /// <summary>Looks at the clock again; about once a second. Returns whether records that were held can leave.</summary>
    /// <exception cref="IOException">The decision could not be made durable; call again.</exception>
    public bool Poll()
    {
        lock (_gate)
        {
            Look(ClockInstant.Read(time));
        }

        if (_unsaved is not { } decision)
        {
            return false;
        }

        _ledger!.Save([decision]);
        _unsaved = null;
        return decision.IsFinal;
    }

    /// <summary>Whether there is anything left to look at.</summary>
    public bool IsSettled => State == ClockState.Synchronized && _unsaved is null;

    /// <summary>Both clocks, for <see cref="Claim"/>.</summary>
    public ClockInstant Now() => authority is null ? default : ClockInstant.Read(time);

    /// <summary>Finds the time under which a record is stored.</summary>
    /// <param name="series">The hash of its dimensions.</param>
    /// <param name="stamp">The time that it bears, milliseconds since 1970.</param>
    /// <param name="now">The clocks at its write.</param>
    public StampedTime Claim(ulong series, long stamp, ClockInstant now)
    {
        lock (_gate)
        {
            var place = Place(stamp, now);
            return place with
            {
                Milliseconds = place.IsHeld ? _taken.ClaimHeld(_decision.Boot, series, place.Milliseconds) : _taken.Claim(series, place.Milliseconds),
            };
        }
    }

    /// <summary>The boot that held records belong to.</summary>
    public Guid Boot => _decision.Boot;

    public void Release(ulong series, long millisecond)
    {
        lock (_gate)
        {
            _taken.Release(series, millisecond);
        }
    }

    public void ReleaseHeld(ulong series, long monotonic)
    {
        lock (_gate)
        {
            _taken.ReleaseHeld(_decision, series, monotonic);
        }
    }

    private ClockDecision Enter(Guid boot, ClockInstant now)
    {
        _offset = _formerOffset = now.Offset;
        var isTrusted = authority!.IsTrusted();
        if (!_ledger!.TryGet(boot, out _decision))
        {
            // A clock that starts in the past, as without a battery, must not put this boot before the last.
            _floor = _taken.Last + 1 - now.Monotonic ?? long.MinValue;
            _decision = new ClockDecision(boot, ClockMark.None, Math.Max(now.Offset, _floor), now.Monotonic);
        }

        if (!_decision.IsFinal)
        {
            _state = ClockState.Awaited;
            if (isTrusted)
            {
                Decide(ClockMark.Corrected, now.Offset);
            }
            else if (patience <= TimeSpan.Zero)
            {
                Decide(ClockMark.Unsynchronised, _decision.Offset);
            }
        }
        else
        {
            // Synchronisation that ran out since does not take back what it said of this boot.
            _taken.Date(_decision);
            _state = isTrusted || _decision.Mark == ClockMark.Corrected ? ClockState.Synchronized : ClockState.Unsynchronized;
        }

        _guess = Math.Max(now.Offset, _decision.Offset);
        return _decision;
    }

    private void Look(ClockInstant now)
    {
        var hasStepped = HasStepped(now);
        if (hasStepped)
        {
            // Readings that were taken before the step are written after it for a moment.
            (_formerOffset, _formerForgottenAt) = (_offset, now.Monotonic + OldestNew);
        }

        _offset = now.Offset;
        switch (_state)
        {
            case ClockState.Awaited when authority!.IsTrusted():
                Decide(ClockMark.Corrected, now.Offset);
                break;
            case ClockState.Awaited when now.Monotonic - _decision.Since >= patience.TotalMilliseconds:
                Decide(ClockMark.Unsynchronised, _decision.Offset);
                break;
            case ClockState.Awaited when hasStepped:
                // Set by hand, perhaps: still the best that is known of this boot.
                _decision = _decision with { Offset = Math.Max(now.Offset, _floor) };
                _unsaved = _decision;
                break;
            case ClockState.Unsynchronized when authority!.IsTrusted():
                _state = ClockState.Synchronized;
                break;
            case ClockState.Unsynchronized when hasStepped:
                _guess = now.Offset;
                break;
        }
    }

    private void Decide(ClockMark mark, long offset)
    {
        _decision = _decision with { Mark = mark, Offset = _taken.FindOffset(_decision.Boot, offset) };
        _taken.Date(_decision);
        _state = mark == ClockMark.Corrected ? ClockState.Synchronized : ClockState.Unsynchronized;
        _guess = _decision.Offset;
        _unsaved = _decision;
    }

    private bool HasStepped(ClockInstant now) => Math.Abs(now.Offset - _offset) >= SmallestStep;

    private StampedTime Place(long stamp, ClockInstant now)
    {
        if (_state == ClockState.Synchronized && now.Monotonic >= _formerForgottenAt)
        {
            return new StampedTime(stamp);
        }

        // The record may bear a time from before a step that lies between its reading and this write; the nearer time is the likelier.
        var age = now.Wall - stamp;
        var formerAge = now.Monotonic + (HasStepped(now) ? _offset : _formerOffset) - stamp;
        var isFormer = Math.Abs(formerAge) < Math.Abs(age);
        age = isFormer ? formerAge : age;
        if (age is < EarliestNew or > OldestNew)
        {
            return new StampedTime(stamp);
        }

        var taken = now.Monotonic - age;
        return _state switch
        {
            ClockState.Awaited => new StampedTime(taken, IsHeld: true),
            ClockState.Unsynchronized => new StampedTime(taken + _guess, ClockMark.Unsynchronised),
            _ when isFormer => new StampedTime(taken + now.Offset, ClockMark.Corrected),
            _ => new StampedTime(stamp),
        };
    }
}
