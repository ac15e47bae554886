using ElectricBrain.Samples.SensorAgent.Documents;
using ElectricBrain.Samples.SensorAgent.Lcd;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ElectricBrain.Samples.SensorAgent.Http;

/// <summary>What the hat's display shows, as a picture.</summary>
internal static class DisplayEndpoint
{
    public static IResult Get(HttpContext context)
    {
        if (context.RequestServices.GetService<LcdPicture>() is not { } picture)
        {
            return Problem("The display is switched off (--display off).", StatusCodes.Status404NotFound);
        }

        return picture.ToPng() is { } png
            ? TypedResults.Bytes(png, "image/png")
            : Problem("Nothing has been drawn yet; ask again.", StatusCodes.Status503ServiceUnavailable);
    }

    private static JsonHttpResult<ErrorDocument> Problem(string message, int status) =>
        TypedResults.Json(new ErrorDocument(message), AgentJsonContext.Default.ErrorDocument, statusCode: status);
}
