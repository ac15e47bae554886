using System.Net.Sockets;
using ElectricBrain.Swarm.Connections.Ssh;

namespace ElectricBrain.Swarm.Connections.Docker;

/// <summary>Opens the HTTP transport to an endpoint; connections are pooled, unix sockets too.</summary>
internal static class EngineTransport
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    // Engines that were restarted leave dead idle connections behind; a short idle time keeps the pool fresh.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);

    public static SocketsHttpHandler Open(EngineEndpoint endpoint)
    {
        SocketsHttpHandler handler = endpoint.Address.Scheme switch
        {
            "unix" => Over(cancellationToken => ConnectUnixAsync(endpoint.Address.LocalPath, cancellationToken)),
            "ssh" => Over(new SshClient(endpoint.Address)),
            _ => Pool(),
        };
        if (endpoint.Tls is { } tls)
        {
            handler.SslOptions = TlsOptions.From(tls, endpoint);
        }

        return handler;
    }

    public static SocketsHttpHandler Over(SshClient ssh) => Over(_ => ValueTask.FromResult(ssh.Connect()));

    /// <summary>The base of request addresses; without TCP the host is only the Host header.</summary>
    public static Uri BaseAddress(EngineEndpoint endpoint) => endpoint.IsTcp
        ? new UriBuilder(endpoint.Address) { Scheme = endpoint.Tls is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps, Path = endpoint.Address.AbsolutePath.TrimEnd('/') + '/' }.Uri
        : new Uri("http://docker/");

    private static SocketsHttpHandler Over(Func<CancellationToken, ValueTask<Stream>> connect)
    {
        SocketsHttpHandler handler = Pool();
        handler.ConnectCallback = (_, cancellationToken) => connect(cancellationToken);
        return handler;
    }

    public static SocketsHttpHandler Pool() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionIdleTimeout = IdleTimeout,
    };

    private static async ValueTask<Stream> ConnectUnixAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
