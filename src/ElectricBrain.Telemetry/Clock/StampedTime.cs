using ElectricBrain.Telemetry.Documents;

namespace ElectricBrain.Telemetry.Clock;

/// <summary>Under which time a record is stored; nobody else of its series has it.</summary>
/// <param name="Milliseconds">Since 1970; of the monotonic clock where the record is held.</param>
/// <param name="Mark">What the document says of it.</param>
/// <param name="IsHeld">Whether the record waits until the clock is known.</param>
internal readonly record struct StampedTime(long Milliseconds, ClockMark Mark = ClockMark.None, bool IsHeld = false);
