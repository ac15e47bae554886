namespace ElectricBrain.Swarm.Deployment;

/// <summary>Image references in the short form that the engine shows.</summary>
/// <remarks>Source: distribution/reference, familiar names.</remarks>
internal static class ImageReference
{
    private const string Hub = "docker.io/";
    private const string HubLibrary = "library/";

    /// <summary>The reference without the parts that go without saying, and with the tag <c>latest</c> where neither tag nor digest stands.</summary>
    public static string WithTag(string reference)
    {
        string name = reference.StartsWith("index.docker.io/", StringComparison.Ordinal) ? reference["index.".Length..] : reference;
        if (name.StartsWith(Hub, StringComparison.Ordinal))
        {
            name = name[Hub.Length..];
            name = name.StartsWith(HubLibrary, StringComparison.Ordinal) ? name[HubLibrary.Length..] : name;
        }
        else if (name.StartsWith(HubLibrary, StringComparison.Ordinal))
        {
            name = name[HubLibrary.Length..];
        }

        bool isTagged = name.LastIndexOf(':') > name.LastIndexOf('/');
        return isTagged || HasDigest(name) ? name : $"{name}:latest";
    }

    public static bool HasDigest(string reference) => reference.Contains('@', StringComparison.Ordinal);
}
