using System.Net.Sockets;

namespace ElectricBrain.Swarm.Tests.Engines;

/// <summary>An engine on a unix socket that answers /_ping only.</summary>
internal sealed class PingSocket : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public PingSocket(string path)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _ = ServeAsync();
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = PingAnswer.ServeAsync(new NetworkStream(await _listener.AcceptAsync(), ownsSocket: true));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
