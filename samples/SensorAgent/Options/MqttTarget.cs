using System.Security.Cryptography;
using System.Text;
using ElectricBrain.Telemetry.Mqtt;

namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>An MQTT broker to publish to.</summary>
/// <param name="Broker">Its address, without user.</param>
/// <param name="UserName">The user; null for none.</param>
/// <param name="Password">The password; null for none.</param>
/// <param name="CertificateAuthorityFile">A PEM file of authorities to trust instead of the system's; null for the system's.</param>
internal sealed record MqttTarget(Uri Broker, string? UserName, string? Password, string? CertificateAuthorityFile)
{
    // The limit of the broker's side is not known, that of MqttOptions is.
    private const int LongestClientId = 128;
    private static readonly TimeSpan ShortestExpiry = TimeSpan.FromMinutes(5);

    /// <summary>The address.</summary>
    public string DisplayName => Broker.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    public void Apply(MqttOptions mqtt, AgentOptions agent)
    {
        mqtt.Broker = Broker;
        mqtt.UserName = UserName;
        mqtt.Password = Password;
        mqtt.CertificateAuthorityFile = CertificateAuthorityFile;
        mqtt.ClientId = ClientId(agent);

        // One reading may be missed, and the next be late, before the value counts as gone.
        mqtt.ExpireAfter = 3 * agent.Interval > ShortestExpiry ? 3 * agent.Interval : ShortestExpiry;
    }

    // The generated one would print the password.
    public override string ToString() => DisplayName;

    /// <summary>The same after each start, and another for each hat: the broker drops the older of two connections under one name.</summary>
    private static string ClientId(AgentOptions agent)
    {
        var name = $"electricbrain-{agent.HostName}-{agent.DeviceId}";
        return name.Length <= LongestClientId ? name : $"electricbrain-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}";
    }
}
