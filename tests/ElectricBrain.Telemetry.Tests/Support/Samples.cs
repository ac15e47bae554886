namespace ElectricBrain.Telemetry.Tests.Support;

/// <summary>Series and records for tests.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 6, 57, 0, 123, TimeSpan.Zero);

    public static readonly TelemetrySeries Temperature = Series("bme280.temperature", "temperature", "Cel");

    public static readonly TelemetrySeries Pressure = Series("bme280.pressure", "pressure", "Pa");

    public static TelemetrySeries Series(string id, string type, string unit, string host = "hostzero") =>
        new() { HostName = host, DeviceId = "enviro", SensorId = id, SensorType = type, Unit = unit, IsSimulated = true };

    /// <summary>Records of one series, a second apart, with the values 0, 1, 2...</summary>
    public static TelemetryRecord[] Records(int count, int first = 0, TelemetrySeries? series = null) =>
        Enumerable.Range(first, count).Select(i => new TelemetryRecord(series ?? Temperature, Start.AddSeconds(i), i)).ToArray();
}
