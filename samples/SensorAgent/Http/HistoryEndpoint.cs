using ElectricBrain.Samples.SensorAgent.Documents;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Query;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ElectricBrain.Samples.SensorAgent.Http;

/// <summary>Stored values, summed up to as many points as a graph can show.</summary>
internal static class HistoryEndpoint
{
    /// <param name="window">How far back from now, such as <c>5m</c>, <c>1h</c> or <c>24h</c>; in place of <paramref name="from"/> and <paramref name="to"/>.</param>
    /// <param name="from">The start, inclusive, in ISO 8601.</param>
    /// <param name="to">The end, exclusive, in ISO 8601; now when it is missing.</param>
    /// <param name="maxPoints">The most points of a series.</param>
    /// <param name="quantity">Only this quantity of the hat.</param>
    /// <param name="series">The key of one series, also of another device.</param>
    /// <param name="mapping">The series of the hat.</param>
    /// <param name="query">The store.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IResult> GetAsync(
        string? window,
        string? from,
        string? to,
        string? maxPoints,
        string? quantity,
        string? series,
        EnviroRecordMapping mapping,
        ITelemetryQuery query,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        if (!HistoryRange.TryParse(window, from, to, maxPoints, timeProvider.GetUtcNow(), out var range, out var problem))
        {
            return Refuse(problem);
        }

        if (series is not null && quantity is not null)
        {
            return Refuse("series and quantity exclude each other; give one of them.");
        }

        IReadOnlyList<TelemetrySeries> own = quantity is null ? mapping.AllSeries : [.. mapping.AllSeries.Where(one => one.SensorType == quantity)];
        if (own.Count == 0)
        {
            return Refuse($"quantity is not one of {string.Join(", ", mapping.AllSeries.Select(static one => one.SensorType))}.");
        }

        var wanted = series is null ? own.Select(static one => (one.Key, (string?)one.SensorType)) : [(series, null)];
        var histories = new List<SeriesHistoryDocument>();
        foreach (var (key, name) in wanted)
        {
            var points = await query.GetSeriesAsync(key, range.From, range.To, range.MaxPoints, cancellationToken);
            histories.Add(SeriesHistoryDocument.From(key, name, points));
        }

        return TypedResults.Json(
            new HistoryDocument(range.From.UtcDateTime, range.To.UtcDateTime, range.SpanSeconds, histories), AgentJsonContext.Default.HistoryDocument);
    }

    private static JsonHttpResult<ErrorDocument> Refuse(string problem) =>
        TypedResults.Json(new ErrorDocument(problem), AgentJsonContext.Default.ErrorDocument, statusCode: StatusCodes.Status400BadRequest);
}
