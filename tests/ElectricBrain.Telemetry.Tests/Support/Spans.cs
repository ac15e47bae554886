using ElectricBrain.Telemetry.Query;

namespace ElectricBrain.Telemetry.Tests.Support;

/// <summary>The plain definition of what a series query returns.</summary>
internal static class Spans
{
    /// <summary>Sums up records of one series in spans of a length, counted from a start.</summary>
    public static SeriesPoint[] Of(IEnumerable<TelemetryRecord> records, DateTimeOffset start, DateTimeOffset end, TimeSpan width) => records
        .Where(record => record.Timestamp >= start && record.Timestamp < end)
        .GroupBy(record => (long)Math.Floor((record.Timestamp - start) / width))
        .OrderBy(static span => span.Key)
        .Select(span => new SeriesPoint(
            start + span.Key * width, span.Count(), span.Min(static record => record.Value), span.Average(static record => record.Value), span.Max(static record => record.Value)))
        .ToArray();

    /// <summary>Asserts that two results are the same, but for the rounding of the averages.</summary>
    public static void AssertSame(IReadOnlyList<SeriesPoint> expected, IReadOnlyList<SeriesPoint> actual)
    {
        Assert.Equal(expected.Select(static point => point with { Average = 0 }), actual.Select(static point => point with { Average = 0 }));
        foreach (var (one, other) in expected.Zip(actual))
        {
            Assert.Equal(one.Average, other.Average, 1e-9 * Math.Max(1, Math.Abs(one.Average)));
        }
    }
}
