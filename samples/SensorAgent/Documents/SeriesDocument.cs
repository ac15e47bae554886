using ElectricBrain.Telemetry;

namespace ElectricBrain.Samples.SensorAgent.Documents;

/// <summary>A stored series as JSON.</summary>
/// <param name="Key">Its key, for <c>/api/history?series=</c>.</param>
/// <param name="Host">The machine.</param>
/// <param name="Device">The device on it.</param>
/// <param name="Sensor">The sensor and its channel.</param>
/// <param name="Quantity">What is measured.</param>
/// <param name="Unit">The unit as a UCUM code.</param>
/// <param name="Simulated">Whether the values come from a simulation.</param>
internal sealed record SeriesDocument(string Key, string Host, string Device, string Sensor, string Quantity, string Unit, bool Simulated)
{
    public static SeriesDocument From(TelemetrySeries series) =>
        new(series.Key, series.HostName, series.DeviceId, series.SensorId, series.SensorType, series.Unit, series.IsSimulated);
}
