using System.Globalization;

namespace ElectricBrain.Swarm.Connections.Portainer;

/// <summary>Sends the requests of the engine API through Portainer's proxy, by the key of a user and to one environment.</summary>
internal sealed class PortainerHandler(PortainerEndpoint endpoint, HttpMessageHandler transport) : DelegatingHandler(transport)
{
    private const string KeyHeader = "X-API-Key";
    private const string NodeHeader = "X-PortainerAgent-Target";

    private readonly SemaphoreSlim _finding = new(1, 1);
    private int? _environment;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int environment = await FindEnvironmentAsync(cancellationToken).ConfigureAwait(false);
        request.RequestUri = new Uri($"{endpoint.Root}/api/endpoints/{environment}/docker{request.RequestUri!.PathAndQuery}");
        if (endpoint.Node is { } node)
        {
            request.Headers.Add(NodeHeader, node);
        }

        HttpResponseMessage response = await AskAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode || await PortainerFault.ReadAsync(endpoint, request, response, cancellationToken).ConfigureAwait(false) is not { } fault)
        {
            return response;
        }

        // Should the environment be gone, the next request looks for it again.
        _environment = fault.Failure == EngineFailure.NotFound ? null : _environment;
        response.Dispose();
        throw fault;
    }

    protected override void Dispose(bool disposing)
    {
        _finding.Dispose();
        base.Dispose(disposing);
    }

    private async Task<int> FindEnvironmentAsync(CancellationToken cancellationToken)
    {
        if (_environment is { } known)
        {
            return known;
        }

        await _finding.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _environment ??= int.TryParse(endpoint.Environment, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : await FindByNameAsync(cancellationToken).ConfigureAwait(false);
            return _environment.Value;
        }
        finally
        {
            _finding.Release();
        }
    }

    private async Task<int> FindByNameAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{endpoint.Root}/api/endpoints?name={Uri.EscapeDataString(endpoint.Environment)}&excludeSnapshots=true");
        using HttpResponseMessage response = await AskAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw await PortainerFault.ReadAsync(endpoint, request, response, cancellationToken).ConfigureAwait(false) ?? PortainerFault.NotPortainer(endpoint, response.StatusCode);
        }

        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return PortainerEnvironments.Find(body, endpoint.Environment) ?? throw PortainerFault.NoEnvironment(endpoint);
    }

    /// <summary>Everything else that tells who asks is left away: beside a key Portainer refuses it.</summary>
    private Task<HttpResponseMessage> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Add(KeyHeader, endpoint.ApiKey);
        return base.SendAsync(request, cancellationToken);
    }
}
