using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>Files of certificate authorities, looked at before anything is sent.</summary>
internal static class CertificateFile
{
    /// <exception cref="AgentException">The file holds no certificate.</exception>
    public static void Check(string option, string? file)
    {
        if (file is not null && !HoldsCertificate(file))
        {
            throw new AgentException(ExitCode.Usage, $"{option} {file} holds no certificate or cannot be read; give a PEM file of certificate authorities.");
        }
    }

    private static bool HoldsCertificate(string file)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return false;
        }

        return certificates.Count > 0;
    }
}
