namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>The environment variables that the agent reads; options on the command line win over them.</summary>
internal static class AgentEnvironment
{
    public const string HostName = "ELECTRICBRAIN_HOST_NAME";
    public const string Header = "ELECTRICBRAIN_HEADER";
    public const string Elasticsearch = "ELECTRICBRAIN_ELASTICSEARCH";
    public const string ElasticsearchApiKey = "ELECTRICBRAIN_ELASTICSEARCH_API_KEY";
    public const string Mqtt = "ELECTRICBRAIN_MQTT";
    public const string Otlp = "ELECTRICBRAIN_OTLP";
    public const string MqttPassword = "ELECTRICBRAIN_MQTT_PASSWORD";

    /// <summary>The variable's value; null when it is not set or empty.</summary>
    public static string? Get(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>
    /// Where a service or a user keeps state: systemd's StateDirectory, else the XDG base directory.
    /// </summary>
    public static string DefaultDataDirectory()
    {
        // systemd joins several directories with colons; the first is ours.
        if (Get("STATE_DIRECTORY") is { } service)
        {
            return service.Split(':')[0];
        }

        var state = Get("XDG_STATE_HOME") is { } xdg && Path.IsPathRooted(xdg)
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(state, "electricbrain");
    }
}
