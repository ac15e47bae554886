namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>Puts the addresses and the credentials of Elasticsearch together, from the places where each may stand.</summary>
internal static class ElasticsearchTargetBuilder
{
    /// <exception cref="AgentException">A part is not usable; the message names it and never holds a secret.</exception>
    public static ElasticsearchTarget? Build(AgentArguments arguments)
    {
        var isArgument = arguments.Elasticsearch.Count > 0;
        var source = isArgument ? "--elasticsearch" : '$' + AgentEnvironment.Elasticsearch;
        var addresses = isArgument ? arguments.Elasticsearch : AgentEnvironment.Get(AgentEnvironment.Elasticsearch) is { } variable ? [variable] : [];
        if (addresses.Count == 0)
        {
            AgentException.Require(arguments.ElasticsearchApiKeyFile is null, "--elasticsearch-api-key-file needs --elasticsearch URL; give the address that the key is for.");
            AgentException.Require(arguments.ElasticsearchCa is null, "--elasticsearch-ca needs --elasticsearch URL; give the address that the certificate is for.");
            return null;
        }

        var endpoints = addresses.SelectMany(static address => address.Split(',', StringSplitOptions.TrimEntries)).Select(address => Parse(source, address)).ToArray();
        AgentException.Require(
            !isArgument || Array.TrueForAll(endpoints, static endpoint => endpoint.UserInfo.Length == 0),
            $"--elasticsearch holds a user name or password, which every user of this machine could read; set ${AgentEnvironment.Elasticsearch} or use an API key (--elasticsearch-api-key-file).");
        AgentException.Require(
            endpoints.Select(static endpoint => endpoint.UserInfo).Where(static user => user.Length > 0).Distinct().Count() <= 1,
            $"{source} holds several user names; the nodes of one cluster take the same, so give it with one of them.");
        var apiKey = ApiKey(arguments.ElasticsearchApiKeyFile);
        AgentException.Require(
            apiKey is null || Array.TrueForAll(endpoints, static endpoint => endpoint.UserInfo.Length == 0),
            $"${AgentEnvironment.Elasticsearch} holds a user name and there is an API key too; give one of them.");
        CertificateFile.Check("--elasticsearch-ca", arguments.ElasticsearchCa);
        return new ElasticsearchTarget(endpoints, apiKey, arguments.ElasticsearchCa);
    }

    private static Uri Parse(string source, string address)
    {
        var valid = Uri.TryCreate(address, UriKind.Absolute, out var endpoint)
            && (endpoint.Scheme == Uri.UriSchemeHttp || endpoint.Scheme == Uri.UriSchemeHttps)
            && endpoint is { Host.Length: > 0, Query.Length: 0, Fragment.Length: 0 };

        AgentException.Require(valid, $"{InvalidAddress.Show(source, address)} is not an address of Elasticsearch; give http or https, such as https://elastic.lan:9200.");
        return endpoint!;
    }

    private static string? ApiKey(string? file) => file is null
        ? Checked('$' + AgentEnvironment.ElasticsearchApiKey, AgentEnvironment.Get(AgentEnvironment.ElasticsearchApiKey)?.Trim())
        : Checked($"--elasticsearch-api-key-file {file}", SecretFile.Read("--elasticsearch-api-key-file", file, "the encoded key").Trim());

    private static string? Checked(string source, string? key)
    {
        AgentException.Require(key is null || (key.Length > 0 && key.All(char.IsAscii) && !key.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c))), $"{source} holds no encoded API key; it is the \"encoded\" field of the answer that made the key.");
        return key;
    }
}
