using System.Diagnostics.CodeAnalysis;

namespace ElectricBrain.Telemetry.Documents;

/// <summary>Reads a <see cref="TelemetrySeries.Key"/> back.</summary>
internal static class SeriesKey
{
    private const string SimulatedMark = "simulated";

    /// <summary>False when the text is not the key of any series.</summary>
    public static bool TryParse(string key, [NotNullWhen(true)] out TelemetrySeries? series)
    {
        series = null;
        var parts = key.Split('/');
        if (parts.Length is not 5 && !(parts.Length == 6 && parts[5] == SimulatedMark))
        {
            return false;
        }

        try
        {
            series = new TelemetrySeries
            {
                HostName = Uri.UnescapeDataString(parts[0]),
                DeviceId = Uri.UnescapeDataString(parts[1]),
                SensorId = Uri.UnescapeDataString(parts[2]),
                SensorType = Uri.UnescapeDataString(parts[3]),
                Unit = Uri.UnescapeDataString(parts[4]),
                IsSimulated = parts.Length == 6,
            };
        }
        catch (ArgumentException)
        {
            return false;
        }

        // Another spelling of the same names is not the key.
        return series.Key == key;
    }
}
