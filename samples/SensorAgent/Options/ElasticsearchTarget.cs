namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>An Elasticsearch to ship to.</summary>
/// <param name="Endpoints">The addresses of its nodes; may carry user name and password when they came from the environment.</param>
/// <param name="ApiKey">The encoded API key; null for none.</param>
/// <param name="CertificateAuthorityFile">A PEM file of authorities to trust instead of the system's; null for the system's.</param>
internal sealed record ElasticsearchTarget(IReadOnlyList<Uri> Endpoints, string? ApiKey, string? CertificateAuthorityFile)
{
    /// <summary>The addresses without what may be secret in them.</summary>
    public string DisplayName => string.Join(", ", Endpoints.Select(static endpoint => endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/')));

    // The generated one would print the key.
    public override string ToString() => DisplayName;
}
