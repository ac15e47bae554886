namespace ElectricBrain.Samples.SensorAgent.Documents;

/// <summary>Stored values as JSON.</summary>
/// <param name="From">The start, inclusive, UTC.</param>
/// <param name="To">The end, exclusive, UTC.</param>
/// <param name="SpanSeconds">The length of the span that each point sums up.</param>
/// <param name="Series">The series.</param>
internal sealed record HistoryDocument(DateTime From, DateTime To, double SpanSeconds, IReadOnlyList<SeriesHistoryDocument> Series);
