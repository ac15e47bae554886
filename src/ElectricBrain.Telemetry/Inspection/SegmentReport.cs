namespace ElectricBrain.Telemetry.Inspection;

/// <summary>One file of an outbox.</summary>
/// <param name="File">Its name.</param>
/// <param name="Bytes">Its size, with the room that is not used yet.</param>
/// <param name="FirstSequence">The sequence of its first record.</param>
public sealed record SegmentReport(string File, long Bytes, long FirstSequence);
