using System.CommandLine;

namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>The part of the command line that says where readings go, and how long they stay.</summary>
internal static class DestinationOptions
{
    private static readonly Option<TimeSpan?> Keep = Retention("--keep", "How long single readings are kept on this machine, such as 30d, or forever. Default: 30d.");

    private static readonly Option<TimeSpan?> KeepMinutes = Retention(
        "--keep-minutes", "How long a mean, minimum and maximum of each minute are kept. Default: 365d. Those of an hour and a day are kept forever.");

    private static readonly Option<string?> Ndjson = new("--ndjson")
    {
        Description = "Write the readings to files of JSON lines in this directory too, a file a day, up to 1 GiB in all.",
        HelpName = "DIR",
    };

    private static readonly Option<IReadOnlyList<string>> Elasticsearch = new("--elasticsearch")
    {
        Description = $"Ship the readings to this Elasticsearch too; several nodes of a cluster with ',' or by repeating it. Default: ${AgentEnvironment.Elasticsearch}. API key: ${AgentEnvironment.ElasticsearchApiKey} or a file.",
        HelpName = "URL",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = static result => [.. result.Tokens.Select(static token => token.Value)],
    };

    private static readonly Option<string?> ElasticsearchApiKeyFile = new("--elasticsearch-api-key-file")
    {
        Description = "File with the encoded API key, such as a Docker secret.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> ElasticsearchCa = new("--elasticsearch-ca")
    {
        Description = "PEM file of the certificate authorities to trust instead of the system's.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Mqtt = new("--mqtt")
    {
        Description = $"Publish the latest readings to this MQTT broker too, where Home Assistant finds them: mqtt://HOST or mqtts://HOST, with USER@ to sign in. Default: ${AgentEnvironment.Mqtt}. Password: ${AgentEnvironment.MqttPassword} or a file.",
        HelpName = "URL",
    };

    private static readonly Option<string?> MqttPasswordFile = new("--mqtt-password-file") { Description = "File with the user's password, such as a Docker secret.", HelpName = "FILE" };

    private static readonly Option<string?> MqttCa = new("--mqtt-ca")
    {
        Description = "PEM file of the certificate authorities to trust with mqtts:// instead of the system's.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Metrics = new("--metrics") { Description = "Serve metrics and the current values for Prometheus at /metrics." };

    private static readonly Option<string?> Otlp = new("--otlp")
    {
        Description = $"Send metrics, the current values and log entries to this collector of OpenTelemetry: OTLP over HTTP, such as http://collector.lan:4318. Default: ${AgentEnvironment.Otlp}.",
        HelpName = "URL",
    };

    public static void AddTo(Command command)
    {
        Option[] all = [Keep, KeepMinutes, Ndjson, Elasticsearch, ElasticsearchApiKeyFile, ElasticsearchCa, Mqtt, MqttPasswordFile, MqttCa, Metrics, Otlp];
        Array.ForEach(all, command.Options.Add);
    }

    public static AgentArguments Read(ParseResult parsed) => new()
    {
        Keep = parsed.GetValue(Keep) ?? RetentionText.DefaultReadings,
        KeepMinutes = parsed.GetValue(KeepMinutes),
        Ndjson = parsed.GetValue(Ndjson),
        Elasticsearch = parsed.GetValue(Elasticsearch) ?? [],
        ElasticsearchApiKeyFile = parsed.GetValue(ElasticsearchApiKeyFile),
        ElasticsearchCa = parsed.GetValue(ElasticsearchCa),
        Mqtt = parsed.GetValue(Mqtt),
        MqttPasswordFile = parsed.GetValue(MqttPasswordFile),
        MqttCa = parsed.GetValue(MqttCa),
        Metrics = parsed.GetValue(Metrics),
        Otlp = parsed.GetValue(Otlp),
    };

    private static Option<TimeSpan?> Retention(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result => RetentionText.TryParse(result.Tokens[0].Value, out var retention)
            ? retention
            : AgentCommand.Refuse<TimeSpan?>(result, $"{name} {result.Tokens[0].Value} is not usable; give a day or more, such as 30d, or forever."),
    };
}
