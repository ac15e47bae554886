using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Telemetry;

namespace ElectricBrain.Samples.SensorAgent;

/// <summary>Turns readings of a hat into telemetry records; a value that the hat did not deliver makes no record.</summary>
internal sealed class EnviroRecordMapping
{
    private readonly TelemetrySeries _temperature;
    private readonly TelemetrySeries _humidity;
    private readonly TelemetrySeries _pressure;
    private readonly TelemetrySeries _illuminance;
    private readonly TelemetrySeries _proximity;

    public EnviroRecordMapping(string hostName, string deviceId, bool isSimulated)
    {
        _temperature = Series("bme280.temperature", "temperature", "Cel");
        _humidity = Series("bme280.humidity", "humidity", "%");
        _pressure = Series("bme280.pressure", "pressure", "Pa");
        _illuminance = Series("ltr559.illuminance", "illuminance", "lx");
        _proximity = Series("ltr559.proximity", "proximity", "1");
        AllSeries = [_temperature, _humidity, _pressure, _illuminance, _proximity];

        TelemetrySeries Series(string sensor, string type, string unit) => new()
        {
            HostName = hostName,
            DeviceId = deviceId,
            SensorId = sensor,
            SensorType = type,
            Unit = unit,
            IsSimulated = isSimulated,
        };
    }

    /// <summary>The series that readings of this hat belong to.</summary>
    public IReadOnlyList<TelemetrySeries> AllSeries { get; }

    /// <summary>Writes the records of a reading to the start of a buffer and returns how many there are.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="records">Room for at least as many records as there are series.</param>
    public int Map(in EnviroReading reading, Span<TelemetryRecord> records)
    {
        var count = 0;
        Add(_temperature, reading.TemperatureCelsius, reading.Timestamp, records, ref count);
        Add(_humidity, reading.RelativeHumidityPercent, reading.Timestamp, records, ref count);
        Add(_pressure, reading.PressurePascals, reading.Timestamp, records, ref count);
        Add(_illuminance, reading.IlluminanceLux, reading.Timestamp, records, ref count);
        Add(_proximity, reading.ProximityCounts, reading.Timestamp, records, ref count);
        return count;
    }

    private static void Add(TelemetrySeries series, double? value, DateTimeOffset timestamp, Span<TelemetryRecord> records, ref int count)
    {
        if (value is { } number)
        {
            records[count++] = new TelemetryRecord(series, timestamp, number);
        }
    }
}
