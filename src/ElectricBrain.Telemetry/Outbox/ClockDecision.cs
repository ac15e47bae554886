using ElectricBrain.Telemetry.Documents;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>How the readings of one boot of the machine are dated that were taken before its clock was synchronised.</summary>
/// <param name="Boot">The boot.</param>
/// <param name="Mark">What their documents say; <see cref="ClockMark.None"/> while it is not decided, and the offset is a guess.</param>
/// <param name="Offset">Milliseconds from the monotonic clock's zero to 1970.</param>
/// <param name="Since">When the wait began, milliseconds of the monotonic clock.</param>
/// <param name="Through">The last sequence that can need this; 0 while the boot lasts.</param>
internal readonly record struct ClockDecision(Guid Boot, ClockMark Mark, long Offset, long Since, long Through = 0)
{
    public bool IsFinal => Mark != ClockMark.None;
}
