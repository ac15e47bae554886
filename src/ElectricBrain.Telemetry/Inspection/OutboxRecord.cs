namespace ElectricBrain.Telemetry.Inspection;

/// <summary>One record of an outbox.</summary>
/// <param name="Sequence">Its position, unique and rising.</param>
/// <param name="Document">Its document, one line of JSON in UTF-8, as the sinks get it; for a record that waits for the clock, as it is now.</param>
public readonly record struct OutboxRecord(long Sequence, ReadOnlyMemory<byte> Document);
