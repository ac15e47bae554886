using System.CommandLine;
using ElectricBrain.Swarm.Connections;

namespace ElectricBrain.Samples.DeployTool.Commands;

/// <summary>Options of every command that say which engine to talk to, and how.</summary>
internal sealed class ConnectionOptions
{
    private const string ApiKeyVariable = "PORTAINER_API_KEY";

    private readonly Func<string, string?> _environment;

    public ConnectionOptions(Func<string, string?> environment)
    {
        _environment = environment;
        Context.Validators.Add(result =>
        {
            if (result.GetResult(Host) is not null || result.GetResult(Portainer) is not null)
            {
                result.AddError("--host, --context and --portainer each name an engine; give one of them.");
            }
        });
        Portainer.Validators.Add(result =>
        {
            if (result.GetResult(Host) is not null)
            {
                result.AddError("--host, --context and --portainer each name an engine; give one of them.");
            }
            else if (result.GetResult(Environment) is null)
            {
                result.AddError("--portainer needs --environment with the name or number of the environment.");
            }
            else if (string.IsNullOrWhiteSpace(environment(ApiKeyVariable)))
            {
                result.AddError($"--portainer needs an access token in {ApiKeyVariable}; make one in Portainer under 'My account'.");
            }
        });
    }

    public Option<string?> Host { get; } = new("--host", "-H")
    {
        Description = "The engine of a manager, such as unix:///var/run/docker.sock, tcp://host:2375 or ssh://user@host. Default: DOCKER_HOST, then the current docker context, then the local socket.",
        HelpName = "url",
        Recursive = true,
    };

    public Option<string?> Context { get; } = new("--context")
    {
        Description = "The docker context to use instead, as 'docker context ls' names it.",
        HelpName = "name",
        Recursive = true,
    };

    public Option<Uri?> Portainer { get; } = new("--portainer")
    {
        Description = $"Go through this Portainer, such as https://host:9443, with the access token in {ApiKeyVariable}.",
        HelpName = "url",
        Recursive = true,
        CustomParser = static result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out Uri? server) && server.Scheme is "https" or "http")
            {
                return server;
            }

            result.AddError("--portainer is no address; write https://host:9443.");
            return null;
        },
    };

    public Option<string?> Environment { get; } = new("--environment")
    {
        Description = "The environment in Portainer, by name or number.",
        HelpName = "name",
        Recursive = true,
    };

    public Option<string?> Fingerprint { get; } = new("--portainer-fingerprint")
    {
        Description = "Trust Portainer's certificate by its SHA-256 alone, such as the one that it makes for itself.",
        HelpName = "hex",
        Recursive = true,
    };

    public IEnumerable<Option> All => [Host, Context, Portainer, Environment, Fingerprint];

    public EngineConnection Connect(ParseResult parsed, TimeProvider timeProvider)
    {
        if (parsed.GetValue(Portainer) is { } server)
        {
            var endpoint = new PortainerEndpoint(server, _environment(ApiKeyVariable)!.Trim(), parsed.GetValue(Environment)!);
            return EngineConnection.Through(endpoint with { CertificateFingerprint = parsed.GetValue(Fingerprint) }, timeProvider);
        }

        EngineEndpoint found = (parsed.GetValue(Host), parsed.GetValue(Context)) switch
        {
            ({ } host, _) => EngineEndpoint.Parse(host, "--host"),
            (_, { } context) => EngineEndpoint.FromContext(context, _environment, "--context"),
            _ => EngineEndpoint.Resolve(_environment),
        };
        return EngineConnection.Open(found, timeProvider);
    }
}
