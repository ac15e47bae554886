using System.Text.Json.Nodes;

namespace ElectricBrain.Swarm.Tests.Connections.Portainer;

/// <summary>A request to a real Portainer 2.23.0 and its answer, keys taken out.</summary>
internal sealed record Exchange(HttpMethod Method, string Path, string? Node, JsonNode? Sent, int Status, JsonObject Headers, JsonNode? Body)
{
    private const string Proxy = "/docker/";

    private static string Folder { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Connections", "Portainer", "exchanges");

    /// <summary>The names of all.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder).Select(static file => System.IO.Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    /// <summary>Whether the request was for an engine.</summary>
    public bool IsProxied => Path.Contains(Proxy, StringComparison.Ordinal);

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The number of the environment.</summary>
    public string Environment => Path.Split('/')[3];

    /// <summary>The path in the engine's API, without a version.</summary>
    public string EnginePath
    {
        get
        {
            string path = Path[(Path.IndexOf(Proxy, StringComparison.Ordinal) + Proxy.Length)..];
            return path.StartsWith("v1.41/", StringComparison.Ordinal) ? path["v1.41/".Length..] : path;
        }
    }

    public static Exchange Read(string name)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(Directory.EnumerateFiles(Folder, $"{name}*.json").Single()))!;
        JsonNode request = json["request"]!, response = json["response"]!;
        return new Exchange(
            new HttpMethod(request["method"]!.GetValue<string>()), request["path"]!.GetValue<string>(), request["headers"]!["X-PortainerAgent-Target"]?.GetValue<string>(),
            request["body"], response["status"]!.GetValue<int>(), response["headers"]!.AsObject(), response["body"]);
    }
}
