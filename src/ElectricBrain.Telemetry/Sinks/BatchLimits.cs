namespace ElectricBrain.Telemetry.Sinks;

/// <summary>When a batch is handed to a sink: as soon as one of the limits is reached.</summary>
/// <param name="MaxRecords">The most records in one batch.</param>
/// <param name="MaxBytes">The most bytes of documents in one batch; a single longer document makes a batch of its own.</param>
/// <param name="MaxAge">How long a record waits for others.</param>
public readonly record struct BatchLimits(int MaxRecords, int MaxBytes, TimeSpan MaxAge);
