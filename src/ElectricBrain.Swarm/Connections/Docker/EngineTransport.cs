using System.Net.Sockets;

namespace ElectricBrain.Swarm.Connections.Docker;

/// <summary>Opens the HTTP transport to an endpoint; connections are pooled, unix sockets too.</summary>
internal static class EngineTransport
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    // Engines that were restarted leave dead idle connections behind; a short idle time keeps the pool fresh.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);

    public static SocketsHttpHandler Open(EngineEndpoint endpoint)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionIdleTimeout = IdleTimeout,
        };
        if (endpoint.Address.Scheme == "unix")
        {
            string path = endpoint.Address.LocalPath;
            handler.ConnectCallback = (_, cancellationToken) => ConnectUnixAsync(path, cancellationToken);
        }

        if (endpoint.Tls is { } tls)
        {
            handler.SslOptions = TlsOptions.From(tls, endpoint);
        }

        return handler;
    }

    /// <summary>The base of request addresses; the host of a unix socket is only the Host header.</summary>
    public static Uri BaseAddress(EngineEndpoint endpoint) => endpoint.Address.Scheme == "unix"
        ? new Uri("http://docker/")
        : new UriBuilder(endpoint.Address) { Scheme = endpoint.Tls is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps, Path = endpoint.Address.AbsolutePath.TrimEnd('/') + '/' }.Uri;

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
