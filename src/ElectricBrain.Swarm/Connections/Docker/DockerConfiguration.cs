using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ElectricBrain.Swarm.Connections.Docker;

/// <summary>The folder in which the docker command line keeps its settings and contexts.</summary>
/// <remarks>Source: docker/cli, cli/config and cli/context/store: the folder of a context is named by the SHA-256 of its name.</remarks>
internal sealed class DockerConfiguration
{
    public const string DefaultContext = "default";

    private DockerConfiguration(string? folder) => Folder = folder;

    /// <summary>The folder that <c>DOCKER_CONFIG</c> names, else <c>.docker</c> in the home directory; null where neither is known.</summary>
    public string? Folder { get; }

    private string SettingsFile => Path.Combine(Folder!, "config.json");

    public static DockerConfiguration Find(Func<string, string?> environment) => new(
        environment("DOCKER_CONFIG") is { Length: > 0 } configured ? configured
        : environment("HOME") is { Length: > 0 } home ? Path.Combine(home, ".docker")
        : null);

    /// <summary>The name of the context that <c>docker context use</c> chose; null when there is none.</summary>
    /// <exception cref="EngineException">The settings cannot be read.</exception>
    public string? ReadCurrentContext()
    {
        if (Folder is null || !File.Exists(SettingsFile))
        {
            return null;
        }

        using JsonDocument settings = Read(SettingsFile, "the docker configuration", "Repair it, or set DOCKER_HOST.");
        return Text(settings.RootElement, "currentContext");
    }

    /// <summary>Reads the endpoint of a context.</summary>
    /// <param name="name">Its name, as <c>docker context ls</c> shows it.</param>
    /// <param name="source">Who chose it, for messages.</param>
    /// <exception cref="EngineException">There is no such context, or it is of no use.</exception>
    public EngineEndpoint ReadContext(string name, string source)
    {
        string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        string file = Path.Combine(Folder ?? "", "contexts", "meta", id, "meta.json");
        if (Folder is null || !File.Exists(file))
        {
            throw EngineEndpoint.Unusable(name, source, "there is no such docker context. 'docker context ls' lists them.");
        }

        using JsonDocument meta = Read(file, $"the docker context '{name}'", "Make the context again with 'docker context create'.");
        if (!meta.RootElement.TryGetProperty("Endpoints", out JsonElement endpoints) || endpoints.ValueKind != JsonValueKind.Object
            || !endpoints.TryGetProperty("docker", out JsonElement docker) || Text(docker, "Host") is not { Length: > 0 } host)
        {
            throw EngineEndpoint.Unusable(file, $"the docker context '{name}'", "it names no docker engine. Make the context again with 'docker context create'.");
        }

        EngineEndpoint endpoint = EngineEndpoint.Parse(host, $"the docker context '{name}'");
        EngineTls tls = EngineTls.In(Path.Combine(Folder, "contexts", "tls", id, "docker"));
        bool skips = docker.TryGetProperty("SkipTLSVerify", out JsonElement skip) && skip.ValueKind == JsonValueKind.True;
        return endpoint.IsTcp && (skips || tls != new EngineTls(null, null, null)) ? endpoint with { Tls = tls with { SkipsVerification = skips } } : endpoint;
    }

    private static JsonDocument Read(string file, string source, string remedy)
    {
        try
        {
            JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(file));
            return json.RootElement.ValueKind == JsonValueKind.Object ? json : throw new JsonException("It is not a JSON object.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw EngineEndpoint.Unusable(file, source, $"the file cannot be read. {remedy}", e);
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
