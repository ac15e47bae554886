using ElectricBrain.Sensors.Enviro;

namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>What stood on the command line, each part well-formed; what the parts mean together is checked later.</summary>
internal sealed record AgentArguments
{
    public bool Once { get; init; }

    public OutputFormat? Format { get; init; }

    public bool Simulate { get; init; }

    public string? Header { get; init; }

    public int? Bus { get; init; }

    public CalibrationTarget? Calibrate { get; init; }

    public double Reference { get; init; }

    public EnviroBoard? Board { get; init; }

    public bool Particles { get; init; }

    public bool Sound { get; init; }

    public double? Altitude { get; init; }

    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    public string? Data { get; init; }

    public string? Urls { get; init; }

    public string? Port { get; init; }

    public string? HostName { get; init; }

    public string DeviceId { get; init; } = "enviro";

    public TimeSpan Keep { get; init; } = RetentionText.DefaultReadings;

    public TimeSpan? KeepMinutes { get; init; }

    public string? Ndjson { get; init; }

    public IReadOnlyList<string> Elasticsearch { get; init; } = [];

    public string? ElasticsearchApiKeyFile { get; init; }

    public string? ElasticsearchCa { get; init; }

    public string? Mqtt { get; init; }

    public string? MqttPasswordFile { get; init; }

    public string? MqttCa { get; init; }

    public bool Metrics { get; init; }

    public string? Otlp { get; init; }

    public DisplayMode Display { get; init; }

    public LogFormat LogFormat { get; init; }
}
