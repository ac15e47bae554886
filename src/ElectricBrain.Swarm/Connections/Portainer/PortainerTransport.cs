using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ElectricBrain.Swarm.Connections.Docker;

namespace ElectricBrain.Swarm.Connections.Portainer;

/// <summary>Opens the HTTP transport to a Portainer server. It keeps no cookies: beside a key they would have every write refused.</summary>
internal static class PortainerTransport
{
    /// <exception cref="EngineException">The address, a file or the fingerprint cannot be used.</exception>
    public static SocketsHttpHandler Open(PortainerEndpoint endpoint)
    {
        if (endpoint.Server is not { IsAbsoluteUri: true, Scheme: "https" or "http", UserInfo: "" })
        {
            throw Unusable(endpoint, "write https://host:port, without a user.");
        }

        SocketsHttpHandler handler = EngineTransport.Pool();
        if (endpoint.CertificateFingerprint is { } fingerprint)
        {
            byte[] pinned = Parse(endpoint, fingerprint);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                certificate is X509Certificate2 presented && CryptographicOperations.FixedTimeEquals(presented.GetCertHash(HashAlgorithmName.SHA256), pinned);
        }
        else if (endpoint.CertificateAuthorityFile is { } authorities)
        {
            var tls = new EngineTls(authorities, null, null);
            handler.SslOptions = TlsOptions.From(tls, new EngineEndpoint(endpoint.Server, "the Portainer endpoint"));
        }

        return handler;
    }

    private static byte[] Parse(PortainerEndpoint endpoint, string fingerprint)
    {
        try
        {
            byte[] bytes = Convert.FromHexString(fingerprint.Replace(":", "", StringComparison.Ordinal));
            return bytes.Length == SHA256.HashSizeInBytes ? bytes : throw new FormatException();
        }
        catch (FormatException e)
        {
            throw Unusable(endpoint, "the fingerprint is not a SHA-256 in hexadecimal. 'openssl x509 -fingerprint -sha256' prints it.", e);
        }
    }

    private static EngineException Unusable(PortainerEndpoint endpoint, string reason, Exception? cause = null) =>
        EngineEndpoint.Unusable(endpoint.ToString(), "the Portainer endpoint", reason, cause);
}
