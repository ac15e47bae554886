using ElectricBrain.Sensors.Enviro;

namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>What the agent was asked to do, checked.</summary>
internal sealed record AgentOptions
{
    /// <summary>Whether to print one reading and exit.</summary>
    public bool Once { get; init; }

    /// <summary>How that reading is printed.</summary>
    public OutputFormat Format { get; init; }

    /// <summary>Whether to simulate the hat though there is a bus.</summary>
    public bool Simulate { get; init; }

    /// <summary>The machine that the hat sits on; null for this one.</summary>
    public RemoteHeader? Header { get; init; }

    /// <summary>The I2C bus to use; null for the header's, or the simulated hat on a machine without one.</summary>
    public int? Bus { get; init; }

    /// <summary>What to calibrate; null to sample.</summary>
    public CalibrationTarget? Calibrate { get; init; }

    /// <summary>What a thermometer in the room shows, for calibrating the computer's heat.</summary>
    public double ReferenceCelsius { get; init; }

    /// <summary>The model of the hat; null to have it detected.</summary>
    public EnviroBoard? Board { get; init; }

    /// <summary>Whether a particle sensor is plugged in.</summary>
    public bool Particles { get; init; }

    /// <summary>Whether to measure the sound.</summary>
    public bool Sound { get; init; }

    /// <summary>The altitude of the hat; null when it is not known.</summary>
    public double? AltitudeMetres { get; init; }

    /// <summary>From one reading to the next.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Where readings are kept.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where the page is served.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>The name under which this machine's readings are stored.</summary>
    public required string HostName { get; init; }

    /// <summary>The name of the hat on this machine.</summary>
    public string DeviceId { get; init; } = "enviro";

    /// <summary>How long the store on this machine keeps what.</summary>
    public Retention Retention { get; init; } = new(RetentionText.DefaultReadings, RetentionText.DefaultMinutes);

    /// <summary>Where readings are written as files of JSON lines; null for nowhere.</summary>
    public string? NdjsonDirectory { get; init; }

    /// <summary>Where readings are shipped; null to ship them to no Elasticsearch.</summary>
    public ElasticsearchTarget? Elasticsearch { get; init; }

    /// <summary>Where the latest readings are published; null for no broker.</summary>
    public MqttTarget? Mqtt { get; init; }

    /// <summary>Whether metrics are served for Prometheus.</summary>
    public bool Metrics { get; init; }

    /// <summary>Where metrics and log entries are sent; null for nowhere.</summary>
    public OtlpTarget? Otlp { get; init; }

    /// <summary>Whether the readings are shown on the hat's display.</summary>
    public DisplayMode Display { get; init; }

    /// <summary>How log entries are written.</summary>
    public LogFormat LogFormat { get; init; }
}
