using System.Net;

namespace ElectricBrain.Swarm.Simulation.Api;

/// <summary>A refusal in the engine's words.</summary>
internal sealed class EngineError(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status => status;

    public static EngineError BadRequest(string message) => new(HttpStatusCode.BadRequest, message);

    public static EngineError InvalidArgument(string message) => BadRequest("rpc error: code = InvalidArgument desc = " + message);

    public static EngineError InUse(string message) => BadRequest("rpc error: code = FailedPrecondition desc = " + message);

    public static EngineError AlreadyExists(string message) => new(HttpStatusCode.Conflict, "rpc error: code = AlreadyExists desc = " + message);

    public static EngineError NotFound(string kind, string name) => new(HttpStatusCode.NotFound, $"{kind} {name} not found");

    public static EngineError OutOfSequence() => new(HttpStatusCode.InternalServerError, "rpc error: code = Unknown desc = update out of sequence");
}
