namespace ElectricBrain.Telemetry.Mqtt;

/// <summary>Which broker, and how readings appear there.</summary>
public sealed class MqttOptions
{
    /// <summary>
    /// The broker: <c>mqtt://host:1883</c>, or <c>mqtts://host:8883</c> with TLS; the ports are the defaults. It has to speak MQTT 5. User
    /// information in it works too.
    /// </summary>
    public Uri? Broker { get; set; }

    /// <summary>The user; null to sign in as nobody, or as the user in the address.</summary>
    public string? UserName { get; set; }

    /// <summary>The user's password; never logged.</summary>
    public string? Password { get; set; }

    /// <summary>PEM file of the authorities to trust instead of the system's.</summary>
    public string? CertificateAuthorityFile { get; set; }

    /// <summary>The name of this connection. A second one under the same name ends the first, so that each process needs its own.</summary>
    /// <value>The default is <c>electricbrain-</c> and the machine's name.</value>
    public string ClientId { get; set; } = $"electricbrain-{Environment.MachineName}";

    /// <summary>What all topics of readings begin with.</summary>
    /// <value>The default is <c>electricbrain</c>.</value>
    public string BaseTopic { get; set; } = "electricbrain";

    /// <summary>The topic under which Home Assistant looks for new sensors; null to announce none.</summary>
    /// <value>The default is <c>homeassistant</c>, as it is there.</value>
    public string? DiscoveryPrefix { get; set; } = "homeassistant";

    /// <summary>
    /// How long a value counts: Home Assistant then shows the sensor as unavailable, and the broker forgets the value. Longer than the time between two
    /// readings.
    /// </summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan ExpireAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest wait for an answer of the broker.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    internal void Validate()
    {
        Require(
            Broker is { IsAbsoluteUri: true, Scheme: "mqtt" or "mqtts", Host.Length: > 0, Query.Length: 0, Fragment.Length: 0 } && Broker.AbsolutePath.Trim('/').Length == 0,
            nameof(Broker),
            "is no broker; set it to an address such as mqtt://broker.lan or mqtts://broker.lan:8883");
        Require(UserName is null || Broker!.UserInfo.Length == 0, nameof(UserName), "is set and the address holds a user too; give one of them");
        Require(Password is null || UserName is not null, nameof(Password), "needs a UserName");
        Require(ClientId is { Length: > 0 and <= 128 } && !ClientId.Any(char.IsControl), nameof(ClientId), "must have 1 to 128 printable characters");
        Require(IsTopic(BaseTopic), nameof(BaseTopic), $"\"{BaseTopic}\" is no topic; use one without + and #, such as electricbrain");
        Require(DiscoveryPrefix is null || IsTopic(DiscoveryPrefix), nameof(DiscoveryPrefix), $"\"{DiscoveryPrefix}\" is no topic; use homeassistant, or null to announce nothing");
        Require(ExpireAfter >= TimeSpan.FromSeconds(1) && ExpireAfter <= TimeSpan.FromDays(365), nameof(ExpireAfter), $"is {ExpireAfter}; allowed are 1 second to 365 days");
        Require(Timeout > TimeSpan.Zero, nameof(Timeout), $"is {Timeout}; it must be above 0");
    }

    // MQTT 5, section 4.7: wildcards and NUL are not for publishing, and a leading $ is the broker's own.
    private static bool IsTopic(string topic) =>
        !string.IsNullOrWhiteSpace(topic) && topic[0] is not ('$' or '/') && topic[^1] != '/' && !topic.Any(static c => c is '+' or '#' || char.IsControl(c));

    private static void Require(bool condition, string option, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException($"{nameof(MqttOptions)}.{option} {problem}.");
        }
    }
}
