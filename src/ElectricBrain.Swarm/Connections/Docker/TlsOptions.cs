using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ElectricBrain.Swarm.Connections.Docker;

/// <summary>Reads the PEM files of a secured endpoint.</summary>
internal static class TlsOptions
{
    /// <exception cref="EngineException">A file cannot be read, or half of a key pair is missing.</exception>
    public static SslClientAuthenticationOptions From(EngineTls tls, EngineEndpoint endpoint)
    {
        var options = new SslClientAuthenticationOptions();
        if (tls.SkipsVerification)
        {
#pragma warning disable CA5359 // Only where the user asked for it in so many words; docker contexts have the same setting.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (tls.CertificateAuthorityFile is { } authorities)
        {
            // Private authorities, as these are, publish no lists of revoked certificates.
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            X509Certificate2Collection trusted = options.CertificateChainPolicy.CustomTrustStore;
            Read(authorities, endpoint, trusted.ImportFromPemFile);
            if (trusted.Count == 0)
            {
                throw Unreadable(authorities, endpoint, "there is no certificate in it", null);
            }
        }

        if (tls is { CertificateFile: { } certificate, KeyFile: { } key })
        {
            Read(certificate, endpoint, file => options.ClientCertificates = [X509Certificate2.CreateFromPemFile(file, key)]);
        }
        else if ((tls.CertificateFile ?? tls.KeyFile) is { } lonely)
        {
            throw EngineEndpoint.Unusable(endpoint.ToString(), endpoint.Source, $"{lonely} is only half of a key pair. Put cert.pem and key.pem beside each other, or remove both.");
        }

        return options;
    }

    private static void Read(string file, EngineEndpoint endpoint, Action<string> read)
    {
        try
        {
            read(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, endpoint, e.Message.TrimEnd('.'), e);
        }
    }

    private static EngineException Unreadable(string file, EngineEndpoint endpoint, string why, Exception? cause) =>
        EngineEndpoint.Unusable(endpoint.ToString(), endpoint.Source, $"{file} cannot be read as PEM ({why}). Put the right file there, readable by you.", cause);
}
