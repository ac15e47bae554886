using System.Text.RegularExpressions;

namespace ElectricBrain.Swarm.Registry;

/// <summary>Image references in the short form that the engine shows.</summary>
/// <remarks>Source: distribution/reference, familiar names.</remarks>
internal static partial class ImageReference
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

    /// <summary>Whether a text can be a reference: <c>[host[:port]/]path[:tag][@digest]</c>.</summary>
    public static bool IsValid(string reference) => Pattern().IsMatch(reference);

    public static bool HasDigest(string reference) => reference.Contains('@', StringComparison.Ordinal);

    [GeneratedRegex(
        @"^(?:(?:[a-zA-Z0-9.-]+|\[[a-fA-F0-9:]+\])(?::[0-9]+)?/)?[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@[a-z0-9+._-]+:[a-fA-F0-9]+)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
