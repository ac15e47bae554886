using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using Microsoft.Extensions.Logging.Abstractions;

namespace ElectricBrain.Telemetry.Tests.Sinks.Elasticsearch;

public sealed class CertificatePinTests : IDisposable
{
    private readonly X509Certificate2 _authority = Authority();
    private readonly X509Certificate2 _server;

    public CertificatePinTests() => _server = SignedBy(_authority);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _server.Dispose();
    }

    [Fact]
    public void Check_SignedByThePinnedAuthority_IsTrusted() =>
        Assert.True(Pin(_authority).Check(_server, [_authority], SslPolicyErrors.RemoteCertificateChainErrors));

    [Fact]
    public void Check_PinnedCertificateItself_IsTrustedUnderAnyName() =>
        Assert.True(Pin(_server).Check(_server, [], SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch));

    [Fact]
    public void Check_OtherAuthority_IsRefused()
    {
        using var other = Authority();
        var refused = Assert.Throws<AuthenticationException>(() => Pin(other).Check(_server, [_authority], SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.Contains("is not signed by the certificate with the fingerprint in CertificateFingerprint", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ForgedCertificateBesideTheRealAuthority_IsRefused()
    {
        // The authority's certificate is public: anybody can send it along, under a certificate of the same issuer name.
        using var forger = Authority();
        using var forged = SignedBy(forger);
        Assert.Throws<AuthenticationException>(() => Pin(_authority).Check(forged, [_authority], SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.Throws<AuthenticationException>(() => Pin(_authority).Check(forged, [_authority, forger], SslPolicyErrors.RemoteCertificateChainErrors));
    }

    [Fact]
    public void Check_Expired_IsRefused()
    {
        using var expired = SignedBy(_authority, days: -1);
        Assert.Throws<AuthenticationException>(() => Pin(_authority).Check(expired, [_authority], SslPolicyErrors.RemoteCertificateChainErrors));
    }

    [Fact]
    public void Check_OtherHostName_IsRefused()
    {
        var refused = Assert.Throws<AuthenticationException>(() => Pin(_authority).Check(_server, [_authority], SslPolicyErrors.RemoteCertificateNameMismatch));
        Assert.Contains("is for another host name", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_ServerWithAnotherCertificate_SaysSo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener);
        var options = new ElasticsearchOptions
        {
            Endpoint = new Uri($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}"),
            CertificateFingerprint = Fingerprint(_authority),
        };
        using (var transport = HttpElasticsearchTransport.Create(options, NullLogger.Instance))
        {
            var refused = await Assert.ThrowsAsync<HttpRequestException>(async () => await transport.SendAsync(HttpMethod.Get, "/", default, Cancel));
            Assert.Contains("or the server does not send that one; check the fingerprint", refused.Message, StringComparison.Ordinal);
        }

        options.CertificateFingerprint = Fingerprint(_server);
        using (var transport = HttpElasticsearchTransport.Create(options, NullLogger.Instance))
        {
            Assert.Equal(204, (await transport.SendAsync(HttpMethod.Get, "/", default, Cancel)).Status);
        }

        await serving;
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("zz4e60b8e9ac3eb3e0df8f9ee2ae7a2d5a4d5f5ee2ae7a2d5a4d5f5ee2ae7a2d")]
    public void Constructor_TextThatIsNoFingerprint_IsRefused(string text)
    {
        var options = new ElasticsearchOptions { Endpoint = new Uri("https://localhost:9200"), CertificateFingerprint = text };
        Assert.Contains("CertificateFingerprint is not 64 hexadecimal digits", Assert.Throws<ArgumentException>(() => new ElasticsearchSink(options)).Message, StringComparison.Ordinal);
    }

    /// <summary>Takes two connections: the first is refused by the client, the second gets an answer.</summary>
    private async Task ServeAsync(TcpListener listener)
    {
        for (var i = 0; i < 2; i++)
        {
            using var client = await listener.AcceptTcpClientAsync(Cancel);
            await using var tls = new SslStream(client.GetStream());
            try
            {
                await tls.AuthenticateAsServerAsync(_server);
                var request = new byte[4096];
                if (await tls.ReadAsync(request, Cancel) > 0)
                {
                    await tls.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), Cancel);
                }
            }
            catch (Exception e) when (e is IOException or AuthenticationException)
            {
                // The client hung up.
            }
        }
    }

    private static string Fingerprint(X509Certificate2 certificate) => string.Join(':', certificate.GetCertHashString(HashAlgorithmName.SHA256).Chunk(2).Select(static pair => new string(pair)));

    private static CertificatePin Pin(X509Certificate2 certificate) => CertificatePin.TryParse(Fingerprint(certificate))!;

    private static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Elasticsearch security auto-configuration HTTP CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-10), TimeProvider.System.GetUtcNow().AddDays(10));
    }

    private static X509Certificate2 SignedBy(X509Certificate2 authority, int days = 5)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, TimeProvider.System.GetUtcNow().AddDays(-9), TimeProvider.System.GetUtcNow().AddDays(days), [1, 2, 3]);
        using var withKey = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
