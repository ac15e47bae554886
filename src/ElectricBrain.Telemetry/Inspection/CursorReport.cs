namespace ElectricBrain.Telemetry.Inspection;

/// <summary>How far one sink has come.</summary>
/// <param name="Sink">The sink's name.</param>
/// <param name="Position">The last sequence that it needs no more, as it was last saved.</param>
/// <param name="Pending">How many sequences are behind that.</param>
/// <param name="DeadLetters">How many records were kept aside for it.</param>
/// <param name="DeadLetterBytes">The size of their file.</param>
public sealed record CursorReport(string Sink, long Position, long Pending, long DeadLetters, long DeadLetterBytes);
