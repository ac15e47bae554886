using ElectricBrain.Swarm.Connections.Docker;

namespace ElectricBrain.Swarm.Connections;

/// <summary>Where an engine listens: a unix socket, a TCP address, or a socket behind ssh.</summary>
/// <param name="Address">A <c>unix:///path</c>, <c>tcp://host:port</c> or <c>ssh://user@host</c> address.</param>
/// <param name="Source">Who named the address, such as <c>DOCKER_HOST</c>, for messages.</param>
public sealed record EngineEndpoint(Uri Address, string Source)
{
    /// <summary>The socket on which an engine listens unless told otherwise.</summary>
    public const string DefaultAddress = "unix:///var/run/docker.sock";

    private const int DefaultTcpPort = 2375;
    private const int DefaultTlsPort = 2376;

    /// <summary>How a TCP connection is secured; null for not at all.</summary>
    public EngineTls? Tls { get; init; }

    internal bool IsTcp => Address.Scheme == "tcp";

    /// <summary>
    /// Finds the engine as the docker command line does: <c>DOCKER_HOST</c> with <c>DOCKER_TLS_VERIFY</c>, <c>DOCKER_TLS</c> and <c>DOCKER_CERT_PATH</c>, then the context
    /// that <c>DOCKER_CONTEXT</c> or <c>docker context use</c> chose, then the default unix socket.
    /// </summary>
    /// <exception cref="EngineException">What was found cannot be used.</exception>
    public static EngineEndpoint Resolve() => Resolve(Environment.GetEnvironmentVariable);

    /// <summary>Reads an address as it stands in <c>DOCKER_HOST</c>.</summary>
    /// <param name="address">Such as <c>unix:///var/run/docker.sock</c>, <c>tcp://192.168.1.8:2375</c> or <c>ssh://pi@node1</c>.</param>
    /// <param name="source">Who named the address, for messages.</param>
    /// <exception cref="EngineException">The scheme is not supported, or the address is incomplete.</exception>
    public static EngineEndpoint Parse(string address, string source) => Parse(address, source, isSecured: false);

    private static EngineEndpoint Parse(string address, string source, bool isSecured)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri))
        {
            throw Unusable(address, source, "it is not an address. Write unix:///path/to/docker.sock, tcp://host:port or ssh://user@host.");
        }

        return uri.Scheme switch
        {
            "unix" when uri.AbsolutePath.Length > 1 => new EngineEndpoint(uri, source),
            "unix" => throw Unusable(address, source, "the path of the socket is missing. Write unix:///path/to/docker.sock."),
            "tcp" when uri.Host.Length > 0 => new EngineEndpoint(WithPort(uri, isSecured ? DefaultTlsPort : DefaultTcpPort), source),
            "tcp" => throw Unusable(address, source, "the host is missing. Write tcp://host:port."),
            "ssh" when uri.UserInfo.Contains(':', StringComparison.Ordinal) =>
                throw Unusable(Redacted(uri), source, "a password has no place in an address. Use a key or the agent of ssh."),
            "ssh" when uri.Host.Length > 0 && uri.Query.Length + uri.Fragment.Length == 0 => new EngineEndpoint(uri, source),
            "ssh" => throw Unusable(address, source, "write ssh://user@host, with :port and /path/to/docker.sock where they differ from the usual."),
            _ => throw Unusable(address, source, $"the scheme '{uri.Scheme}' is not supported. Use unix://, tcp:// or ssh://."),
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
        var configuration = DockerConfiguration.Find(environment);
        if (environment("DOCKER_HOST") is { } host && !string.IsNullOrWhiteSpace(host))
        {
            return Secured(Parse(host.Trim(), "DOCKER_HOST", SecuredBy(environment) is not null), environment, configuration);
        }

        (string? context, string source) = environment("DOCKER_CONTEXT") is { Length: > 0 } named
            ? (named, "DOCKER_CONTEXT")
            : (configuration.ReadCurrentContext(), "the docker configuration");
        return context is null or "" or DockerConfiguration.DefaultContext
            ? Parse(DefaultAddress, "the default")
            : configuration.ReadContext(context, source);
    }

    /// <summary>Reads the endpoint of a docker context.</summary>
    /// <param name="name">Its name, as <c>docker context ls</c> shows it.</param>
    /// <param name="environment">Gives the value of an environment variable; null when it is not set.</param>
    /// <param name="source">Who chose it, for messages.</param>
    /// <exception cref="EngineException">There is no such context, or it is of no use.</exception>
    public static EngineEndpoint FromContext(string name, Func<string, string?> environment, string source)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(environment);
        return name == DockerConfiguration.DefaultContext
            ? Resolve(variable => variable == "DOCKER_CONTEXT" ? name : environment(variable))
            : DockerConfiguration.Find(environment).ReadContext(name, source);
    }

    internal static EngineException Unusable(string address, string source, string reason, Exception? cause = null) =>
        new(EngineFailure.UnusableEndpoint, address, $"Cannot use '{address}' from {source}: {reason}", innerException: cause);

    /// <summary>Which variable asks for TLS; null for none. As for the docker command line, any value counts, also 0.</summary>
    private static string? SecuredBy(Func<string, string?> environment) =>
        !string.IsNullOrEmpty(environment("DOCKER_TLS_VERIFY")) ? "DOCKER_TLS_VERIFY"
        : !string.IsNullOrEmpty(environment("DOCKER_TLS")) ? "DOCKER_TLS"
        : null;

    private static EngineEndpoint Secured(EngineEndpoint endpoint, Func<string, string?> environment, DockerConfiguration configuration)
    {
        if (!endpoint.IsTcp || SecuredBy(environment) is not { } variable)
        {
            return endpoint;
        }

        string? folder = environment("DOCKER_CERT_PATH") is { Length: > 0 } path ? path : configuration.Folder;
        EngineTls tls = folder is null ? new EngineTls(null, null, null) : EngineTls.In(folder);
        return variable == "DOCKER_TLS"
            ? endpoint with { Tls = tls with { SkipsVerification = true } }
            : tls.CertificateAuthorityFile is null
                ? throw Unusable(endpoint.ToString(), variable, $"there is no ca.pem in {folder ?? "a folder that is known"}. Set DOCKER_CERT_PATH to the folder with ca.pem, cert.pem and key.pem.")
                : endpoint with { Tls = tls };
    }

    private static string Redacted(Uri uri) => $"{uri.Scheme}://{uri.UserInfo.Split(':')[0]}@{uri.Authority}";

    private static Uri WithPort(Uri uri, int port) => uri.Port > 0 ? uri : new UriBuilder(uri) { Port = port }.Uri;
}
