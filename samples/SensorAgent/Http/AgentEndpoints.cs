using ElectricBrain.Samples.SensorAgent.Documents;
using ElectricBrain.Samples.SensorAgent.Health;
using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Telemetry.Query;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ElectricBrain.Samples.SensorAgent.Http;

/// <summary>The HTTP API. It only reads.</summary>
internal static class AgentEndpoints
{
    public static void MapAgent(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", Health);
        endpoints.MapGet("/api/current", Current);
        endpoints.MapGet("/api/status", static (AgentStatus status) => TypedResults.Json(status.Get(), AgentJsonContext.Default.StatusDocument));
        endpoints.MapGet("/api/series", SeriesAsync);
        endpoints.MapGet("/api/history", HistoryEndpoint.GetAsync);
        endpoints.MapGet("/display.png", DisplayEndpoint.Get);
        endpoints.MapGet("/api/events", static (EventStream events, HttpContext context) => events.Open(context.RequestAborted));
    }

    private static JsonHttpResult<HealthDocument> Health(AgentHealth health)
    {
        var report = health.Evaluate();
        return TypedResults.Json(
            new HealthDocument(report.State, report.Reasons),
            AgentJsonContext.Default.HealthDocument,
            statusCode: report.State == HealthState.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static IResult Current(EnviroSampler sampler, AgentOptions options) =>
        sampler.TryGetLatest(out var reading, out var age)
            ? TypedResults.Json(ReadingDocument.From(reading, age, options), AgentJsonContext.Default.ReadingDocument)
            : TypedResults.Json(
                new ErrorDocument("No reading has been taken yet; ask again."), AgentJsonContext.Default.ErrorDocument, statusCode: StatusCodes.Status503ServiceUnavailable);

    private static async Task<JsonHttpResult<IReadOnlyList<SeriesDocument>>> SeriesAsync(ITelemetryQuery query, CancellationToken cancellationToken)
    {
        var series = await query.ListSeriesAsync(cancellationToken);
        return TypedResults.Json<IReadOnlyList<SeriesDocument>>([.. series.Select(SeriesDocument.From)], AgentJsonContext.Default.IReadOnlyListSeriesDocument);
    }
}
