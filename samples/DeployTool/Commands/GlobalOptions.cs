using System.CommandLine;
using ElectricBrain.Swarm.Connections;

namespace ElectricBrain.Samples.DeployTool.Commands;

/// <summary>Options of every command.</summary>
internal sealed class GlobalOptions(Func<string, string?> environment)
{
    private readonly ConnectionOptions _connection = new(environment);

    public Option<OutputFormat> Format { get; } = new("--format")
    {
        Description = "How to print results: a table for people, json for programs.",
        HelpName = "table|json",
        Recursive = true,
    };

    public IEnumerable<Option> All => [.. _connection.All, Format];

    public EngineConnection Connect(ParseResult parsed, TimeProvider timeProvider) => _connection.Connect(parsed, timeProvider);

    public bool WantsJson(ParseResult parsed) => parsed.GetValue(Format) == OutputFormat.Json;
}
