namespace ElectricBrain.Swarm.Connections;

/// <summary>How the connection to a TCP endpoint is secured, by PEM files as the docker command line uses them.</summary>
/// <param name="CertificateAuthorityFile">The certificate authorities to trust; those of the system when null.</param>
/// <param name="CertificateFile">The certificate by which this client is known to the engine; none when null.</param>
/// <param name="KeyFile">The private key of <paramref name="CertificateFile"/>; null where there is none.</param>
public sealed record EngineTls(string? CertificateAuthorityFile, string? CertificateFile, string? KeyFile)
{
    /// <summary>Whether to take any certificate of the engine, so that whoever sits between can read and change everything. False unless set.</summary>
    public bool SkipsVerification { get; init; }

    /// <summary>The files <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c> of a folder, as far as they exist.</summary>
    internal static EngineTls In(string folder) => new(Existing(folder, "ca.pem"), Existing(folder, "cert.pem"), Existing(folder, "key.pem"));

    private static string? Existing(string folder, string name) => Path.Combine(folder, name) is var path && File.Exists(path) ? path : null;
}
