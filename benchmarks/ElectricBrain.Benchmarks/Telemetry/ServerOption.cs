using System.CommandLine;

namespace ElectricBrain.Benchmarks.Telemetry;

/// <summary>The option that names the server of a run.</summary>
internal static class ServerOption
{
    public static Option<Uri?> Create(string description, bool isRequired) => new("--server")
    {
        Description = description,
        Required = isRequired,
        HelpName = "URL",
        CustomParser = static result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var server))
            {
                return server;
            }

            result.AddError($"--server {result.Tokens[0].Value} is not an address, such as http://localhost:9200.");
            return null;
        },
    };
}
