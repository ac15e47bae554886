namespace ElectricBrain.Telemetry;

/// <summary>One value of one series.</summary>
/// <param name="Series">What was measured and where.</param>
/// <param name="Timestamp">
/// When the value was taken, stored in UTC with millisecond precision (finer digits are cut off). A second value of a series within
/// one millisecond is stored under the next free millisecond, since the stores tell readings apart by series and millisecond.
/// </param>
/// <param name="Value">The value in the unit of the series; must be finite.</param>
public readonly record struct TelemetryRecord(TelemetrySeries Series, DateTimeOffset Timestamp, double Value);
