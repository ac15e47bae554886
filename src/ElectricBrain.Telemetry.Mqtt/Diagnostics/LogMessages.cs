using Microsoft.Extensions.Logging;

namespace ElectricBrain.Telemetry.Mqtt.Diagnostics;

/// <summary>The log of the package: event ids 3100 to 3199, stable once released.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(3100, LogLevel.Information, "Connected to the MQTT broker {Broker} as {ClientId}.")]
    public static partial void Connected(this ILogger logger, string broker, string clientId);

    [LoggerMessage(3101, LogLevel.Warning, "The password for the MQTT broker {Broker} is sent without TLS, readable for everyone on the way.")]
    public static partial void PasswordInTheClear(this ILogger logger, string broker);
}
