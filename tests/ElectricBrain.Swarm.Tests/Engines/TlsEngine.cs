using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ElectricBrain.Swarm.Tests.Engines;

/// <summary>An engine behind TLS. It answers /_ping only.</summary>
internal sealed class TlsEngine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509ChainPolicy? _clients;
    private readonly X509Certificate2 _certificate;

    /// <summary>Knows its clients by their certificates, as <c>dockerd --tlsverify</c> does.</summary>
    public TlsEngine(CertificateAuthority authority, string host = "127.0.0.1")
        : this(authority.Issue("engine", host), authority.Policy)
    {
    }

    /// <param name="certificate">The engine's; owned.</param>
    /// <param name="clients">Whose clients are let in; anybody when null.</param>
    public TlsEngine(X509Certificate2 certificate, X509ChainPolicy? clients)
    {
        _certificate = certificate;
        _clients = clients;
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
                {
                    ServerCertificate = _certificate,
                    ClientCertificateRequired = _clients is not null,
                    CertificateChainPolicy = _clients,
                    RemoteCertificateValidationCallback = (_, certificate, _, errors) => _clients is null || (certificate is not null && errors == SslPolicyErrors.None),
                });
                await PingAnswer.ServeAsync(tls);
            }
            catch (Exception e) when (e is IOException or AuthenticationException)
            {
                // Turned away.
            }
        }
    }
}
