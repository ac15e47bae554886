using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using ElectricBrain.Swarm.Connections.Ssh;

namespace ElectricBrain.Swarm.Connections.Docker;

/// <summary>Turns every failure of the transport and every error answer of the engine into an <see cref="EngineException"/>.</summary>
internal sealed class EngineFaultHandler(HttpMessageHandler transport, string endpoint, bool requestsTls, TimeProvider timeProvider) : DelegatingHandler(transport)
{
    // Until the headers of an answer: a registry query through the engine is the slowest.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(100);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(AnswerTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable($"it did not answer within {AnswerTimeout.TotalSeconds:0} s. Is the engine overloaded, or the network broken?", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            throw Unreachable(Explain(e), e);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            string body = await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
            throw Refusal(request, response.StatusCode, ErrorBody.Read(body).Message);
        }
    }

    private static async Task<string> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return "";
        }
    }

    private EngineException Refusal(HttpRequestMessage request, HttpStatusCode status, string message)
    {
        (EngineFailure failure, string remedy) = (int)status switch
        {
            _ when Says(message, "Worker nodes can't be used") =>
                (EngineFailure.NotManager, "Connect to a manager: set DOCKER_HOST to its address ('docker node ls' on a manager lists them)."),
            _ when Says(message, "not a swarm manager") =>
                (EngineFailure.NoSwarm, "The engine takes part in no swarm: run 'docker swarm init' there, or 'docker swarm join'."),
            _ when Says(message, "needs to be unlocked") => (EngineFailure.NoSwarm, "The swarm is locked: run 'docker swarm unlock' there."),
            _ when Says(message, "does not have a leader") =>
                (EngineFailure.EngineFault, "Too few managers are alive: start the others, or recover with 'docker swarm init --force-new-cluster'."),
            _ when Says(message, "update out of sequence") => (EngineFailure.Conflict, "Somebody else changed it meanwhile."),
            400 when Says(message, "HTTP request to an HTTPS server") =>
                (EngineFailure.Refused, "It speaks TLS only: set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, or use a docker context with the certificates."),
            404 => (EngineFailure.NotFound, ""),
            409 => (EngineFailure.Conflict, ""),
            >= 400 and < 500 => (EngineFailure.Refused, ""),
            _ => (EngineFailure.EngineFault, ""),
        };
        string said = message.Length == 0 ? "" : $": {message.TrimEnd('.', '\n')}";
        string text = $"The engine at {endpoint} answered {(int)status} to {request.Method} {request.RequestUri?.AbsolutePath}{said}.";
        return new EngineException(failure, endpoint, remedy.Length == 0 ? text : $"{text} {remedy}", status);
    }

    private EngineException Unreachable(string why, Exception cause) =>
        new(EngineFailure.Unreachable, endpoint, $"Cannot reach the engine at {endpoint}: {why}", innerException: cause);

    private string Explain(Exception exception) => Ssh(exception) ?? (exception as SocketException ?? exception.InnerException as SocketException)?.SocketErrorCode switch
    {
        SocketError.AddressNotAvailable or SocketError.InvalidArgument => "the socket does not exist. Is Docker installed and started ('systemctl start docker')?",
        SocketError.AccessDenied => "permission denied. Join the group 'docker' ('sudo usermod -aG docker $USER', then sign in again), or use sudo.",
        SocketError.ConnectionRefused => "nothing listens there. Is the engine started ('systemctl start docker'), and is the address right?",
        SocketError.HostNotFound or SocketError.TryAgain => "the host name is not known. Is the address right?",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "there is no route to the host. Is it switched on and on this network?",
        SocketError.TimedOut => "the host does not answer. Is it switched on, and does its firewall let the port through?",
        _ when exception.InnerException is AuthenticationException tls =>
            $"its TLS certificate is not trusted ({tls.Message.TrimEnd('.')}). Does it come from the authority in ca.pem, and is it made out to this name or address?",
        _ when requestsTls && exception.InnerException is IOException => $"it ended the TLS connection ({exception.InnerException.Message.TrimEnd('.')}). Does it know the authority of the client's cert.pem?",
        _ => exception.Message,
    };

    private static string? Ssh(Exception? exception) => exception is null or SshException ? exception?.Message : Ssh(exception.InnerException);

    private static bool Says(string message, string phrase) => message.Contains(phrase, StringComparison.OrdinalIgnoreCase);
}
