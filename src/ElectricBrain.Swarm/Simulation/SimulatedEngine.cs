using System.Net.Http.Headers;
using ElectricBrain.Swarm.Simulation.Api;

namespace ElectricBrain.Swarm.Simulation;

/// <summary>
/// The HTTP API of a manager's engine (version 1.41) over a <see cref="SimulatedCluster"/>: nodes, services, tasks, networks, configs,
/// secrets and events, with the real engine's replies and refusals.
/// </summary>
/// <remarks>Several engines may stand over one cluster. Nothing leaves the process.</remarks>
/// <param name="cluster">The cluster that answers; it stays the caller's.</param>
public sealed class SimulatedEngine(SimulatedCluster cluster) : HttpMessageHandler
{
    internal const string ApiVersion = "1.41";
    internal const string MinApiVersion = "1.12";

    /// <inheritdoc/>
    /// <exception cref="HttpRequestException">The cluster is not reachable at present.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var call = await EngineCall.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        var reply = cluster.Answer(call);
        var response = new HttpResponseMessage(reply.Status) { RequestMessage = request, Content = ContentOf(reply, call.Method) };
        response.Headers.Add("Api-Version", ApiVersion);
        response.Headers.Add("Docker-Experimental", "false");
        response.Headers.Add("Ostype", "linux");
        response.Headers.TryAddWithoutValidation("Server", "Docker/20.10.24 (linux)");
        return response;
    }

    private HttpContent ContentOf(EngineReply reply, HttpMethod method)
    {
        HttpContent content = reply.Events is { } events
            ? new StreamContent(new EventStream(events.Reader, () => cluster.Forget(events)))
            : new ByteArrayContent(method == HttpMethod.Head ? [] : reply.Body.ToArray());
        if (reply.ContentType is { } type)
        {
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
        }

        return content;
    }
}
