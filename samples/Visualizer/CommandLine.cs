using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;

namespace ElectricBrain.Samples.Visualizer;

/// <summary>Reads the command line, and refuses what would be unsafe or cannot work.</summary>
internal sealed class CommandLine
{
    private const int DefaultPort = 5090;
    private const int ShortestToken = 16;

    private readonly Option<bool> _simulate = new("--simulate") { Description = "Show a simulated cluster, marked as such, instead of a real one." };
    private readonly Option<int> _seed = new("--seed") { Description = "Which history the simulated cluster has.", DefaultValueFactory = _ => 1, CustomParser = text => ReadNumber(text) ?? 1, HelpName = "N" };
    private readonly Option<string?> _host = new("--host", "-H") { Description = "A manager's engine: unix:///path or tcp://host:port. Else DOCKER_HOST, then the local socket.", HelpName = "ENDPOINT" };
    private readonly Option<int?> _port = new("--port", "-p") { Description = "The port of the page on 127.0.0.1 (5090).", CustomParser = ReadNumber, HelpName = "PORT" };
    private readonly Option<string?> _urls = new("--urls") { Description = "The addresses of the page, separated by semicolons, such as http://0.0.0.0:5090; anything but loopback needs --token-file.", HelpName = "URLS" };
    private readonly Option<string?> _tokenFile = new("--token-file") { Description = "A file with the token that visitors sign in with, of at least 16 characters.", HelpName = "FILE" };

    public CommandLine() =>
        Root = new RootCommand("Shows the nodes of a Docker Swarm and their tasks, live and read-only.") { _simulate, _seed, _host, _port, _urls, _tokenFile };

    public RootCommand Root { get; }

    /// <exception cref="StartupException">An option cannot be used.</exception>
    public VisualizerOptions Read(ParseResult result)
    {
        if (result.Errors is [var first, ..])
        {
            throw StartupException.BadOption($"{first.Message} See --help for the options.");
        }

        if (result.GetValue(_simulate) && result.GetValue(_host) is not null)
        {
            throw StartupException.BadOption("--simulate and --host exclude each other. Leave one out.");
        }

        var addresses = ReadAddresses(result.GetValue(_urls), result.GetValue(_port));
        var token = ReadToken(result.GetValue(_tokenFile));
        if (token is null && addresses.FirstOrDefault(address => !IsLoopback(address)) is { } open)
        {
            throw StartupException.BadOption(
                $"{open.OriginalString} is reachable from other machines. Protect it with --token-file FILE, or use a loopback address such as http://127.0.0.1:{DefaultPort}.");
        }

        return new VisualizerOptions(result.GetValue(_simulate), result.GetValue(_seed), result.GetValue(_host), addresses, token);
    }

    private static int? ReadNumber(ArgumentResult argument)
    {
        if (int.TryParse(argument.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        argument.AddError($"{(argument.Parent as OptionResult)?.Option.Name}: '{argument.Tokens[0].Value}' is no whole number.");
        return null;
    }

    private static Uri[] ReadAddresses(string? urls, int? port)
    {
        if (urls is not null && port is not null)
        {
            throw StartupException.BadOption("--urls and --port exclude each other. Write the port into the address, as in http://127.0.0.1:5090.");
        }

        if (port is < 0 or > 65_535)
        {
            throw StartupException.BadOption($"--port {port} is no port. Choose one from 1 to 65535, or 0 for any that is free.");
        }

        return urls is null
            ? [new Uri($"http://127.0.0.1:{port ?? DefaultPort}")]
            : [.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ReadAddress)];
    }

    private static Uri ReadAddress(string text)
    {
        // Kestrel's wild cards are no host names.
        var known = text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        return Uri.TryCreate(known, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp && address.PathAndQuery == "/"
            ? address
            : throw StartupException.BadOption($"--urls: '{text}' is no address that can be served. Write http://host:port; for https, put a proxy in front.");
    }

    private static string? ReadToken(string? file)
    {
        if (file is null)
        {
            return null;
        }

        try
        {
            var token = File.ReadAllText(file).Trim();
            return token.Length >= ShortestToken
                ? token
                : throw StartupException.BadOption($"--token-file: the token in {file} has {token.Length} characters. Use {ShortestToken} or more, for example from: openssl rand -hex 24");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw StartupException.BadOption($"--token-file: {file} cannot be read ({error.Message}) Name a readable file.");
        }
    }

    private static bool IsLoopback(Uri address) =>
        address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
