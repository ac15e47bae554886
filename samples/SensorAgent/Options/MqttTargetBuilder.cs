namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>Puts the address and the credentials of the broker together, from the places where each may stand.</summary>
internal static class MqttTargetBuilder
{
    /// <exception cref="AgentException">A part is not usable; the message names it and never holds a secret.</exception>
    public static MqttTarget? Build(AgentArguments arguments)
    {
        var source = arguments.Mqtt is null ? '$' + AgentEnvironment.Mqtt : "--mqtt";
        if ((arguments.Mqtt ?? AgentEnvironment.Get(AgentEnvironment.Mqtt)) is not { } address)
        {
            AgentException.Require(arguments.MqttPasswordFile is null, "--mqtt-password-file needs --mqtt URL; give the broker that the password is for.");
            AgentException.Require(arguments.MqttCa is null, "--mqtt-ca needs --mqtt URL; give the broker that the certificate is for.");
            return null;
        }

        var broker = Parse(source, address);
        var user = broker.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(broker.UserInfo);
        var password = arguments.MqttPasswordFile is { } file
            ? SecretFile.Read("--mqtt-password-file", file, "the password")
            : AgentEnvironment.Get(AgentEnvironment.MqttPassword);
        AgentException.Require(password is null || user is not null, $"{source} names no user for the password; give mqtt://USER@HOST.");
        AgentException.Require(arguments.MqttCa is null || broker.Scheme == "mqtts", $"--mqtt-ca needs TLS; give mqtts://{broker.Host}.");
        CertificateFile.Check("--mqtt-ca", arguments.MqttCa);
        return new MqttTarget(new UriBuilder(broker) { UserName = "", Password = "" }.Uri, user, password, arguments.MqttCa);
    }

    private static Uri Parse(string source, string address)
    {
        var valid = Uri.TryCreate(address, UriKind.Absolute, out var broker)
            && broker is { Scheme: "mqtt" or "mqtts", Host.Length: > 0, Port: not 0, Query.Length: 0, Fragment.Length: 0, AbsolutePath: "" or "/" };

        AgentException.Require(valid, $"{InvalidAddress.Show(source, address)} is not an address of a broker; give mqtt://HOST or mqtts://HOST, such as mqtts://broker.lan:8883.");
        AgentException.Require(
            !broker!.UserInfo.Contains(':', StringComparison.Ordinal),
            $"{source} holds a password, which would be seen wherever the address is; give mqtt://USER@HOST, and the password with --mqtt-password-file or ${AgentEnvironment.MqttPassword}.");
        return broker;
    }
}
