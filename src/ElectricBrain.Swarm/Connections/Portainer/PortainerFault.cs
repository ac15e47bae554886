using System.Net;
using ElectricBrain.Swarm.Connections.Docker;

namespace ElectricBrain.Swarm.Connections.Portainer;

/// <summary>Tells Portainer's own errors from those of the engine behind it.</summary>
/// <remarks>Portainer's have <c>details</c> beside the message, or no body at all; an engine's have a message alone.</remarks>
internal static class PortainerFault
{
    /// <summary>The error that Portainer itself answered with; null when the engine's answer went through.</summary>
    public static async Task<EngineException?> ReadAsync(PortainerEndpoint endpoint, HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        string body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        (string message, string? details) = ErrorBody.Read(body);
        bool isRead = request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;
        return (response.StatusCode, details) switch
        {
            (HttpStatusCode.Unauthorized, _) => Fault(endpoint, EngineFailure.Refused, response.StatusCode, "does not accept the API key", "Make a new access token under 'My account'."),
            (HttpStatusCode.BadGateway, null) when body.Length == 0 && isRead =>
                Fault(endpoint, EngineFailure.Unreachable, response.StatusCode, "cannot reach the engine of the environment, or the key's user may not read this", "Is the engine up? Look at the environment in Portainer."),
            (HttpStatusCode.BadGateway, null) when body.Length == 0 =>
                Fault(endpoint, EngineFailure.EngineFault, response.StatusCode, "cannot reach the engine of the environment, or the key's user may not change this", "Is the engine up? Else use the key of an administrator."),
            (HttpStatusCode.NotFound, { }) => NoEnvironment(endpoint),
            (HttpStatusCode.Forbidden, { }) => Fault(endpoint, EngineFailure.Refused, response.StatusCode, $"refused: {message} ({details})", "Ask an administrator for access, or use another key."),
            (_, "Mime: no media type") =>
                Fault(endpoint, EngineFailure.Refused, response.StatusCode, "refused, as the key's user may not do this", "Use the key of an administrator."),
            (_, { }) => Fault(endpoint, EngineFailure.EngineFault, response.StatusCode, $"failed: {message} ({details})", "Look at the environment in Portainer."),
            _ => null,
        };
    }

    public static EngineException NoEnvironment(PortainerEndpoint endpoint) => Fault(
        endpoint, EngineFailure.NotFound, HttpStatusCode.NotFound, $"shows the key's user no environment '{endpoint.Environment}'", "Check its name or number, and that the user has access to it.");

    public static EngineException NotPortainer(PortainerEndpoint endpoint, HttpStatusCode status) =>
        Fault(endpoint, EngineFailure.NotDocker, status, $"answered {(int)status} to the list of environments, as no Portainer does", "Is the address right?");

    private static EngineException Fault(PortainerEndpoint endpoint, EngineFailure failure, HttpStatusCode status, string what, string remedy) =>
        new(failure, endpoint.ToString(), $"Portainer at {endpoint} {what}. {remedy}", status);
}
