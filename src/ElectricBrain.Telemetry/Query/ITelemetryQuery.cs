namespace ElectricBrain.Telemetry.Query;

/// <summary>Reads stored values. Safe for concurrent callers, and while records are being written.</summary>
public interface ITelemetryQuery
{
    /// <summary>Returns every series that has values, ordered by key.</summary>
    Task<IReadOnlyList<TelemetrySeries>> ListSeriesAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns the value with the latest timestamp of each series, ordered by key.</summary>
    Task<IReadOnlyList<TelemetryRecord>> GetLatestAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns a series summed up in spans of equal length from the start on, oldest first; spans without values are left out. Where a
    /// store has deleted the single values of a part, the roll-ups that it kept count in the span that they start in.
    /// </summary>
    /// <param name="seriesKey">The <see cref="TelemetrySeries.Key"/>; an unknown key has no values.</param>
    /// <param name="from">The start, inclusive.</param>
    /// <param name="to">The end, exclusive.</param>
    /// <param name="maxPoints">The most spans to return.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The end is not after the start, or no point is asked for.</exception>
    Task<IReadOnlyList<SeriesPoint>> GetSeriesAsync(
        string seriesKey, DateTimeOffset from, DateTimeOffset to, int maxPoints, CancellationToken cancellationToken = default);
}
