using System.CommandLine;
using ElectricBrain.Swarm.Connections;

namespace ElectricBrain.Samples.DeployTool.Commands;

/// <summary>Options of every command.</summary>
internal sealed class GlobalOptions(Func<string, string?> environment)
{
    public Option<string?> Host { get; } = new("--host", "-H")
    {
        Description = "The engine of a manager, such as unix:///var/run/docker.sock or tcp://host:2375. Default: DOCKER_HOST, then the local socket.",
        HelpName = "url",
        Recursive = true,
    };

    public Option<OutputFormat> Format { get; } = new("--format")
    {
        Description = "How to print results: a table for people, json for programs.",
        HelpName = "table|json",
        Recursive = true,
    };

    public EngineConnection Connect(ParseResult parsed, TimeProvider timeProvider) => EngineConnection.Open(
        parsed.GetValue(Host) is { } host ? EngineEndpoint.Parse(host, "--host") : EngineEndpoint.Resolve(environment), timeProvider);

    public bool WantsJson(ParseResult parsed) => parsed.GetValue(Format) == OutputFormat.Json;
}
