using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ElectricBrain.Telemetry.Documents;

/// <summary>The encodings of a series, made once.</summary>
internal sealed class SeriesIdentity
{
    public SeriesIdentity(TelemetrySeries series)
    {
        var dimensions = string.Join('/', new[] { series.HostName, series.DeviceId, series.SensorId, series.SensorType }.Select(Uri.EscapeDataString));
        Key = $"{dimensions}/{Uri.EscapeDataString(series.Unit)}{(series.IsSimulated ? "/simulated" : "")}";
        // Two series with the same hash would only keep their timestamps apart from each other's.
        DimensionHash = Fnv1A.Hash(Encoding.UTF8.GetBytes(dimensions));
        Fragment = Encoding.UTF8.GetBytes(
            $$"""
            ,"host":{"name":"{{Escape(series.HostName)}}"},"device":{"id":"{{Escape(series.DeviceId)}}"},"sensor":{"id":"{{Escape(series.SensorId)}}","type":"{{Escape(series.SensorType)}}","unit":"{{Escape(series.Unit)}}"},"simulated":{{(series.IsSimulated ? "true" : "false")}},"value":
            """);
    }

    /// <summary>See <see cref="TelemetrySeries.Key"/>.</summary>
    public string Key { get; }

    /// <summary>A hash of what makes two readings collide in a time series data stream: the dimensions, without unit and mark.</summary>
    public ulong DimensionHash { get; }

    /// <summary>The document between the timestamp and the value.</summary>
    public ReadOnlyMemory<byte> Fragment { get; }

    private static string Escape(string value) => JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
}
