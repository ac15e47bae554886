using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>
/// Trusts one certificate by its SHA-256 fingerprint instead of the system's authorities: an authority that has really signed the
/// server's certificate, or the server's certificate itself.
/// </summary>
internal sealed class CertificatePin
{
    private readonly string _fingerprint;

    private CertificatePin(string fingerprint) => _fingerprint = fingerprint;

    /// <summary>Reads 64 hexadecimal digits, bare or in pairs with colons, as Elasticsearch and openssl print them; null for any other text.</summary>
    public static CertificatePin? TryParse(string text)
    {
        var digits = text.Replace(":", "", StringComparison.Ordinal);
        return digits.Length == 2 * SHA256.HashSizeInBytes && digits.All(char.IsAsciiHexDigit) ? new CertificatePin(digits) : null;
    }

    /// <summary>Checks what a server presented.</summary>
    /// <param name="certificate">The server's certificate.</param>
    /// <param name="presented">The certificates that it sent beside it.</param>
    /// <param name="errors">What the usual checks found.</param>
    /// <exception cref="AuthenticationException">The server is not to be trusted; the message tells why.</exception>
    public bool Check(X509Certificate2 certificate, X509Certificate2Collection presented, SslPolicyErrors errors)
    {
        if (Matches(certificate))
        {
            // The very certificate that was named; whatever name it bears, only this server has its key.
            return true;
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            throw new AuthenticationException($"the server's certificate, of {certificate.Subject}, is for another host name");
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;

        // No authority is trusted but the pinned one; signatures and dates are checked all the same.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        chain.ChainPolicy.ExtraStore.AddRange(presented);
        return chain.Build(certificate) && chain.ChainElements.Any(element => Matches(element.Certificate))
            ? true
            : throw new AuthenticationException(
                $"the server's certificate, of {certificate.Subject}, is not signed by the certificate with the fingerprint in {nameof(ElasticsearchOptions.CertificateFingerprint)}, or the server does not send that one; check the fingerprint, or set {nameof(ElasticsearchOptions.CertificateAuthorityFile)}");
    }

    private bool Matches(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256).Equals(_fingerprint, StringComparison.OrdinalIgnoreCase);
}
