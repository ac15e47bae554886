using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>Puts the address and the credentials of Elasticsearch together, from the places where each may stand.</summary>
internal static class ElasticsearchTargetBuilder
{
    /// <exception cref="AgentException">A part is not usable; the message names it and never holds a secret.</exception>
    public static ElasticsearchTarget? Build(AgentArguments arguments)
    {
        var source = arguments.Elasticsearch is null ? '$' + AgentEnvironment.Elasticsearch : "--elasticsearch";
        var address = arguments.Elasticsearch ?? AgentEnvironment.Get(AgentEnvironment.Elasticsearch);
        if (address is null)
        {
            Require(arguments.ElasticsearchApiKeyFile is null, "--elasticsearch-api-key-file needs --elasticsearch URL; give the address that the key is for.");
            Require(arguments.ElasticsearchCa is null, "--elasticsearch-ca needs --elasticsearch URL; give the address that the certificate is for.");
            return null;
        }

        var valid = Uri.TryCreate(address, UriKind.Absolute, out var endpoint)
            && (endpoint.Scheme == Uri.UriSchemeHttp || endpoint.Scheme == Uri.UriSchemeHttps)
            && endpoint is { Host.Length: > 0, Query.Length: 0, Fragment.Length: 0 };

        // An invalid address is shown only where it cannot hold a password.
        Require(valid, $"{source}{(address.Contains('@', StringComparison.Ordinal) ? "" : ' ' + address)} is not an address of Elasticsearch; give http or https, such as https://elastic.lan:9200.");
        Require(
            endpoint!.UserInfo.Length == 0 || arguments.Elasticsearch is null,
            $"--elasticsearch holds a user name or password, which every user of this machine could read; set ${AgentEnvironment.Elasticsearch} or use an API key (--elasticsearch-api-key-file).");
        var apiKey = ApiKey(arguments.ElasticsearchApiKeyFile);
        Require(apiKey is null || endpoint.UserInfo.Length == 0, $"${AgentEnvironment.Elasticsearch} holds a user name and there is an API key too; give one of them.");
        Require(
            arguments.ElasticsearchCa is null || HoldsCertificate(arguments.ElasticsearchCa),
            $"--elasticsearch-ca {arguments.ElasticsearchCa} holds no certificate or cannot be read; give a PEM file of certificate authorities.");
        return new ElasticsearchTarget(endpoint, apiKey, arguments.ElasticsearchCa);
    }

    private static string? ApiKey(string? file)
    {
        if (file is null)
        {
            return Checked('$' + AgentEnvironment.ElasticsearchApiKey, AgentEnvironment.Get(AgentEnvironment.ElasticsearchApiKey)?.Trim());
        }

        try
        {
            return Checked($"--elasticsearch-api-key-file {file}", File.ReadAllText(file).Trim());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AgentException(ExitCode.Usage, $"--elasticsearch-api-key-file {file} cannot be read ({exception.Message.TrimEnd('.')}); give a readable file with the encoded key.", exception);
        }
    }

    private static bool HoldsCertificate(string file)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return false;
        }

        return certificates.Count > 0;
    }

    private static string? Checked(string source, string? key)
    {
        Require(key is null || (key.Length > 0 && key.All(char.IsAscii) && !key.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c))), $"{source} holds no encoded API key; it is the \"encoded\" field of the answer that made the key.");
        return key;
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new AgentException(ExitCode.Usage, problem);
        }
    }
}
