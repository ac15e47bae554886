namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>An Elasticsearch to ship to.</summary>
/// <param name="Endpoint">Its address; may carry user name and password when it came from the environment.</param>
/// <param name="ApiKey">The encoded API key; null for none.</param>
/// <param name="CertificateAuthorityFile">A PEM file of authorities to trust instead of the system's; null for the system's.</param>
internal sealed record ElasticsearchTarget(Uri Endpoint, string? ApiKey, string? CertificateAuthorityFile)
{
    /// <summary>The address without what may be secret in it.</summary>
    public string DisplayName => Endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    // The generated one would print the key.
    public override string ToString() => DisplayName;
}
