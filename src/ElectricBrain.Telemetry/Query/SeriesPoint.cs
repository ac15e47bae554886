namespace ElectricBrain.Telemetry.Query;

/// <summary>The values of a series in one span of time.</summary>
/// <param name="Start">The start of the span.</param>
/// <param name="Count">How many values it holds, at least one.</param>
/// <param name="Minimum">The smallest value.</param>
/// <param name="Average">The mean of the values.</param>
/// <param name="Maximum">The largest value.</param>
public readonly record struct SeriesPoint(DateTimeOffset Start, long Count, double Minimum, double Average, double Maximum);
