using System.Globalization;
using System.Text;

namespace ElectricBrain.Telemetry.Mqtt;

/// <summary>The topics of a client and of its series.</summary>
internal sealed class MqttTopics(MqttOptions options)
{
    /// <summary>Tells whether the client is there: <c>online</c> or <c>offline</c>.</summary>
    public string Availability { get; } = $"{options.BaseTopic}/{Level(options.ClientId)}/availability";

    /// <summary>The latest reading of a series. What is simulated has a topic of its own.</summary>
    public string State(TelemetrySeries series) =>
        $"{options.BaseTopic}/{Level(series.HostName)}/{Level(series.DeviceId)}/{Level(series.SensorId)}{(series.IsSimulated ? "/simulated" : "")}";

    /// <summary>Where Home Assistant learns of a series; null when it does not.</summary>
    public string? Discovery(TelemetrySeries series) => options.DiscoveryPrefix is null
        ? null
        : $"{options.DiscoveryPrefix}/sensor/{Identifier(series.HostName)}/{ObjectId(series)}/config";

    /// <summary>Names a series among all others, in letters that Home Assistant takes in an identifier.</summary>
    public static string ObjectId(TelemetrySeries series) =>
        string.Join('-', new[] { series.DeviceId, series.SensorId, series.SensorType }.Select(Identifier)) + (series.IsSimulated ? "-simulated" : "");

    /// <summary>Letters and digits as they are, any other byte as <c>_</c> and two hexadecimal digits, so that no two names become one.</summary>
    public static string Identifier(string name) => Escape(name, '_', static rune => !(rune.IsAscii && char.IsAsciiLetterOrDigit((char)rune.Value)));

    // A level of a topic must not hold separators or wildcards; the rest may stay as people wrote it.
    private static string Level(string name) => Escape(name, '%', static rune => rune.Value is '/' or '+' or '#' or '%' || Rune.IsControl(rune));

    private static string Escape(string name, char mark, Func<Rune, bool> isEscaped)
    {
        var escaped = new StringBuilder(name.Length);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in name.EnumerateRunes())
        {
            if (!isEscaped(rune))
            {
                escaped.Append(rune.ToString());
                continue;
            }

            foreach (var one in bytes[..rune.EncodeToUtf8(bytes)])
            {
                escaped.Append(CultureInfo.InvariantCulture, $"{mark}{one:X2}");
            }
        }

        return escaped.ToString();
    }
}
