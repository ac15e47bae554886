using System.Net;

namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>The addresses of the page.</summary>
internal static class ListenUrls
{
    private const string Default = "http://127.0.0.1:5080";

    /// <exception cref="AgentException">An address or the port is not usable.</exception>
    public static IReadOnlyList<string> Build(string? urls, string? port)
    {
        if (urls is not null && port is not null)
        {
            throw new AgentException(ExitCode.Usage, "--urls and --port exclude each other; give one of them.");
        }

        if (port is not null)
        {
            return int.TryParse(port, out var number) && number is >= 0 and <= 65535
                ? [$"http://127.0.0.1:{number}"]
                : throw new AgentException(ExitCode.Usage, $"--port {port} is not a port; give 0 to 65535.");
        }

        var all = (urls ?? Default).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return all.Length > 0 && Array.TrueForAll(all, IsUsable)
            ? all
            : throw new AgentException(ExitCode.Usage, $"--urls {urls} is not usable; give http addresses such as http://127.0.0.1:5080, or http://0.0.0.0:5080 for every network. TLS is a reverse proxy's.");
    }

    /// <summary>Whether other machines can reach the address.</summary>
    public static bool IsOpen(string url) =>
        Uri.TryCreate(url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri)
        && !uri.IsLoopback;

    private static bool IsUsable(string url)
    {
        var wildcard = url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        return Uri.TryCreate(wildcard, UriKind.Absolute, out var uri)
            && uri.Scheme == Uri.UriSchemeHttp
            && uri is { PathAndQuery: "/", UserInfo.Length: 0, Fragment.Length: 0 }
            && (uri.Host == "localhost" || IPAddress.TryParse(uri.Host.Trim('[', ']'), out _));
    }
}
