using System.Text;

namespace ElectricBrain.Swarm.Connections;

/// <summary>An engine that is reached through a Portainer server, which calls it an environment.</summary>
/// <param name="Server">The address of Portainer, such as <c>https://portainer.lan:9443</c>.</param>
/// <param name="ApiKey">An access token of a user; it is in no message and not in <see cref="ToString"/>.</param>
/// <param name="Environment">The name or the number of the environment.</param>
public sealed record PortainerEndpoint(Uri Server, string ApiKey, string Environment)
{
    /// <summary>The node whose engine answers for containers, images and volumes, in an environment with agents; any manager's for all else. Null for no certain one.</summary>
    public string? Node { get; init; }

    /// <summary>A PEM file of the certificate authorities to trust instead of the system's.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>The SHA-256 of the server's certificate in hexadecimal, with or without colons: the one way to trust the certificate that Portainer makes for itself, which names no host.</summary>
    public string? CertificateFingerprint { get; init; }

    /// <summary>The address without user and query, which are no part of it.</summary>
    internal string Root => Server.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    /// <inheritdoc/>
    public override string ToString() => $"{Root}, environment '{Environment}'";

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(ToString());
        return true;
    }
}
