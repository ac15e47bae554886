using System.Text.Json;

namespace ElectricBrain.Swarm.Connections;

/// <summary>Where an engine listens: a unix socket or a TCP address.</summary>
/// <param name="Address">A <c>unix:///path</c> or <c>tcp://host:port</c> address.</param>
/// <param name="Source">Who named the address, such as <c>DOCKER_HOST</c>, for messages.</param>
public sealed record EngineEndpoint(Uri Address, string Source)
{
    /// <summary>The socket on which an engine listens unless told otherwise.</summary>
    public const string DefaultAddress = "unix:///var/run/docker.sock";

    private const int DefaultTcpPort = 2375;

    /// <summary>Finds the engine as the docker command line does: <c>DOCKER_HOST</c>, then the default unix socket.</summary>
    /// <exception cref="EngineException">
    /// <c>DOCKER_HOST</c> cannot be used, or a docker context other than <c>default</c> is chosen, which is not read.
    /// </exception>
    public static EngineEndpoint Resolve() => Resolve(Environment.GetEnvironmentVariable);

    /// <summary>Reads an address as it stands in <c>DOCKER_HOST</c>.</summary>
    /// <param name="address">Such as <c>unix:///var/run/docker.sock</c> or <c>tcp://192.168.1.8:2375</c>.</param>
    /// <param name="source">Who named the address, for messages.</param>
    /// <exception cref="EngineException">The scheme is not supported, or the address is incomplete.</exception>
    public static EngineEndpoint Parse(string address, string source)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri))
        {
            throw Unusable(address, source, "it is not an address. Write unix:///path/to/docker.sock or tcp://host:port.");
        }

        return uri.Scheme switch
        {
            "unix" when uri.AbsolutePath.Length > 1 => new EngineEndpoint(uri, source),
            "unix" => throw Unusable(address, source, "the path of the socket is missing. Write unix:///path/to/docker.sock."),
            "tcp" when uri.Host.Length > 0 => new EngineEndpoint(WithPort(uri), source),
            "tcp" => throw Unusable(address, source, "the host is missing. Write tcp://host:port."),
            _ => throw Unusable(address, source, $"the scheme '{uri.Scheme}' is not supported. Use unix:// or tcp://."),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Address.OriginalString;

    /// <summary>As <see cref="Resolve()"/>, in an environment that is given.</summary>
    /// <param name="environment">Gives the value of an environment variable; null when it is not set.</param>
    /// <exception cref="EngineException">As <see cref="Resolve()"/>.</exception>
    public static EngineEndpoint Resolve(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        string? host = environment("DOCKER_HOST");
        if (!string.IsNullOrWhiteSpace(host))
        {
            EngineEndpoint endpoint = Parse(host.Trim(), "DOCKER_HOST");
            return endpoint.Address.Scheme == "tcp" && !string.IsNullOrEmpty(environment("DOCKER_TLS_VERIFY"))
                ? throw Unusable(host, "DOCKER_HOST", "DOCKER_TLS_VERIFY asks for TLS, which is not supported. Use a unix socket.")
                : endpoint;
        }

        string? context = environment("DOCKER_CONTEXT") is { Length: > 0 } named ? named : CurrentContext(environment);
        return context is null or "" or "default"
            ? Parse(DefaultAddress, "the default")
            : throw Unusable(context, "the docker context", "docker contexts are not read. Set DOCKER_HOST to the engine's address.");
    }

    // Deploying to the local engine while the docker command line talks to another one would be the worst surprise.
    private static string? CurrentContext(Func<string, string?> environment)
    {
        string? folder = environment("DOCKER_CONFIG") is { Length: > 0 } configured
            ? configured
            : environment("HOME") is { Length: > 0 } home ? Path.Combine(home, ".docker") : null;
        string file = Path.Combine(folder ?? "", "config.json");
        if (folder is null || !File.Exists(file))
        {
            return null;
        }

        try
        {
            using JsonDocument config = JsonDocument.Parse(File.ReadAllBytes(file));
            return config.RootElement.ValueKind == JsonValueKind.Object
                && config.RootElement.TryGetProperty("currentContext", out JsonElement current)
                && current.ValueKind == JsonValueKind.String
                ? current.GetString()
                : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Unusable(file, "the docker configuration", "the file cannot be read. Repair it, or set DOCKER_HOST.", e);
        }
    }

    private static Uri WithPort(Uri uri) => uri.Port > 0 ? uri : new UriBuilder(uri) { Port = DefaultTcpPort }.Uri;

    private static EngineException Unusable(string address, string source, string reason, Exception? cause = null) =>
        new(EngineFailure.UnusableEndpoint, address, $"Cannot use '{address}' from {source}: {reason}", innerException: cause);
}
