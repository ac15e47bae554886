using System.Text.Json;

namespace ElectricBrain.Swarm.Connections.Docker;

/// <summary>Agrees with an engine on a version of its API.</summary>
/// <remarks>Source: Docker Engine API, /_ping and /version; the header Libpod-API-Version is Podman's.</remarks>
internal static class ApiNegotiation
{
    public static readonly Version Oldest = new(1, 40);

    public static readonly Version Newest = new(1, 54);

    public static async Task<Version> NegotiateAsync(HttpClient http, string endpoint, CancellationToken cancellationToken)
    {
        using HttpResponseMessage ping = await http.GetAsync(new Uri("_ping", UriKind.Relative), cancellationToken).ConfigureAwait(false);
        if (ping.Headers.Contains("Libpod-API-Version"))
        {
            throw new EngineException(
                EngineFailure.NotDocker, endpoint, $"Podman answers at {endpoint}, and Podman has no swarm. Point DOCKER_HOST at a Docker engine.");
        }

        string? announced = ping.Headers.TryGetValues("Api-Version", out IEnumerable<string>? values)
            ? values.FirstOrDefault()
            : await ReadVersionAsync(http, endpoint, cancellationToken).ConfigureAwait(false);
        if (!Version.TryParse(announced, out Version? version))
        {
            throw NotDocker(endpoint);
        }

        return version < Oldest
            ? throw new EngineException(
                EngineFailure.ApiTooOld, endpoint, $"The engine at {endpoint} speaks API {version}; {Oldest} or newer is needed (Docker 19.03). Upgrade it.")
            : version > Newest ? Newest : version;
    }

    private static async Task<string?> ReadVersionAsync(HttpClient http, string endpoint, CancellationToken cancellationToken)
    {
        byte[] body = await http.GetByteArrayAsync(new Uri("version", UriKind.Relative), cancellationToken).ConfigureAwait(false);
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            return json.RootElement.GetProperty("ApiVersion").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw NotDocker(endpoint, e);
        }
    }

    private static EngineException NotDocker(string endpoint, Exception? cause = null) => new(
        EngineFailure.NotDocker, endpoint, $"What answers at {endpoint} is not a Docker engine: it names no API version. Is the address right?", innerException: cause);
}
