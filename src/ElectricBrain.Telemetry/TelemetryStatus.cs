namespace ElectricBrain.Telemetry;

/// <summary>A picture of the pipeline at one moment.</summary>
/// <param name="Outbox">The records on their way.</param>
/// <param name="Sinks">The destinations, in the order of their registration.</param>
public sealed record TelemetryStatus(OutboxStatus Outbox, IReadOnlyList<SinkStatus> Sinks);
