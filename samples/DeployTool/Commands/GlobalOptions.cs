using System.CommandLine;
using ElectricBrain.Swarm.Connections;

namespace ElectricBrain.Samples.DeployTool.Commands;

/// <summary>Options of every command.</summary>
internal sealed class GlobalOptions
{
    private readonly Func<string, string?> _environment;

    public GlobalOptions(Func<string, string?> environment)
    {
        _environment = environment;
        Context.Validators.Add(result =>
        {
            if (result.GetResult(Host) is not null)
            {
                result.AddError("--host and --context both name an engine; give one of them.");
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

    public Option<OutputFormat> Format { get; } = new("--format")
    {
        Description = "How to print results: a table for people, json for programs.",
        HelpName = "table|json",
        Recursive = true,
    };

    public EngineConnection Connect(ParseResult parsed, TimeProvider timeProvider) => EngineConnection.Open(
        (parsed.GetValue(Host), parsed.GetValue(Context)) switch
        {
            ({ } host, _) => EngineEndpoint.Parse(host, "--host"),
            (_, { } context) => EngineEndpoint.FromContext(context, _environment, "--context"),
            _ => EngineEndpoint.Resolve(_environment),
        },
        timeProvider);

    public bool WantsJson(ParseResult parsed) => parsed.GetValue(Format) == OutputFormat.Json;
}
