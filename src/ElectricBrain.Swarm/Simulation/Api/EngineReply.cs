using System.Net;
using System.Text;
using System.Threading.Channels;

namespace ElectricBrain.Swarm.Simulation.Api;

/// <summary>What the engine answers: a body, or events without end.</summary>
internal sealed record EngineReply(HttpStatusCode Status, ReadOnlyMemory<byte> Body, string? ContentType = "application/json")
{
    public static EngineReply Empty { get; } = new(HttpStatusCode.OK, default, null);

    public static EngineReply PageNotFound { get; } = Error(HttpStatusCode.NotFound, "page not found");

    public Channel<ReadOnlyMemory<byte>>? Events { get; private init; }

    public static EngineReply Json(byte[] body, HttpStatusCode status = HttpStatusCode.OK) => new(status, body);

    public static EngineReply Created(string property, string id, string? warning = null) => Json(
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString(property, id);
            if (warning is not null)
            {
                json.WriteString("Warning", warning);
            }

            json.WriteEndObject();
        }),
        HttpStatusCode.Created);

    public static EngineReply NoContent() => new(HttpStatusCode.NoContent, default, null);

    public static EngineReply Text(string text) => new(HttpStatusCode.OK, Encoding.UTF8.GetBytes(text), "text/plain");

    public static EngineReply Error(HttpStatusCode status, string message) => Json(
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("message", message);
            json.WriteEndObject();
        }),
        status);

    public static EngineReply Stream(Channel<ReadOnlyMemory<byte>> events) => new(HttpStatusCode.OK, default) { Events = events };
}
