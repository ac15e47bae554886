using System.Net;

namespace ElectricBrain.Swarm.Connections;

/// <summary>An engine could not be reached, or did not do what it was asked. The message names the endpoint and the remedy.</summary>
public sealed class EngineException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="failure">Why it failed.</param>
    /// <param name="endpoint">The endpoint as the user knows it.</param>
    /// <param name="message">What failed, on what, and the remedy.</param>
    /// <param name="statusCode">The engine's HTTP status; null when there was no answer.</param>
    /// <param name="innerException">The cause.</param>
    public EngineException(
        EngineFailure failure, string endpoint, string message, HttpStatusCode? statusCode = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Failure = failure;
        Endpoint = endpoint;
        StatusCode = statusCode;
    }

    /// <summary>Why it failed.</summary>
    public EngineFailure Failure { get; }

    /// <summary>The endpoint as the user knows it, such as <c>unix:///var/run/docker.sock</c>.</summary>
    public string Endpoint { get; }

    /// <summary>The engine's HTTP status; null when there was no answer.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>Whether the same request may succeed later without anybody changing anything.</summary>
    public bool IsTransient => Failure is EngineFailure.Unreachable or EngineFailure.EngineFault or EngineFailure.Conflict;
}
