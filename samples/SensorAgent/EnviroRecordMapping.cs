using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Telemetry;

namespace ElectricBrain.Samples.SensorAgent;

/// <summary>Turns readings of a hat into telemetry records; a value that the hat did not deliver makes no record.</summary>
internal sealed class EnviroRecordMapping
{
    private readonly List<Quantity> _quantities = [];

    /// <param name="hostName">The machine.</param>
    /// <param name="deviceId">The hat on it.</param>
    /// <param name="isSimulated">Whether its values are made up.</param>
    /// <param name="sensors">The sensors that it has.</param>
    public EnviroRecordMapping(string hostName, string deviceId, bool isSimulated, EnviroSensors sensors = EnviroSensors.All)
    {
        Add(EnviroSensors.Bme280, "bme280.temperature", "temperature", "Cel", static (in reading) => reading.TemperatureCelsius);
        Add(EnviroSensors.Bme280, "bme280.humidity", "humidity", "%", static (in reading) => reading.RelativeHumidityPercent);
        Add(EnviroSensors.Bme280, "bme280.pressure", "pressure", "Pa", static (in reading) => reading.PressurePascals);
        Add(EnviroSensors.Bme280, "bme280.dew_point", "dew_point", "Cel", static (in reading) => reading.DewPointCelsius);
        Add(EnviroSensors.Bme280, "bme280.sea_level_pressure", "sea_level_pressure", "Pa", static (in reading) => reading.SeaLevelPressurePascals);
        Add(EnviroSensors.Bme280, "bme280.raw_temperature", "raw_temperature", "Cel", static (in reading) => reading.RawTemperatureCelsius);
        Add(EnviroSensors.Bme280, "cpu.temperature", "cpu_temperature", "Cel", static (in reading) => reading.CpuTemperatureCelsius);
        Add(EnviroSensors.Ltr559, "ltr559.illuminance", "illuminance", "lx", static (in reading) => reading.IlluminanceLux);
        Add(EnviroSensors.Ltr559, "ltr559.proximity", "proximity", "1", static (in reading) => reading.ProximityCounts);
        Add(EnviroSensors.Mics6814, "mics6814.reducing", "reducing_gases", "Ohm", static (in reading) => reading.Gas?.Reducing.Ohms);
        Add(EnviroSensors.Mics6814, "mics6814.oxidising", "oxidising_gases", "Ohm", static (in reading) => reading.Gas?.Oxidising.Ohms);
        Add(EnviroSensors.Mics6814, "mics6814.ammonia", "ammonia", "Ohm", static (in reading) => reading.Gas?.Ammonia.Ohms);
        Add(EnviroSensors.Pms5003, "pms5003.pm1", "pm1", "ug/m3", static (in reading) => reading.Particles?.Atmospheric.Pm1MicrogramsPerCubicMetre);
        Add(EnviroSensors.Pms5003, "pms5003.pm2_5", "pm2_5", "ug/m3", static (in reading) => reading.Particles?.Atmospheric.Pm25MicrogramsPerCubicMetre);
        Add(EnviroSensors.Pms5003, "pms5003.pm10", "pm10", "ug/m3", static (in reading) => reading.Particles?.Atmospheric.Pm10MicrogramsPerCubicMetre);
        Add(EnviroSensors.Microphone, "microphone.laeq", "sound_level", "dB[SPL]", static (in reading) => reading.Sound?.A.Equivalent);
        AllSeries = [.. _quantities.Select(static quantity => quantity.Series)];

        void Add(EnviroSensors sensor, string id, string type, string unit, Value value)
        {
            if (sensors.HasFlag(sensor))
            {
                _quantities.Add(new Quantity(
                    new TelemetrySeries { HostName = hostName, DeviceId = deviceId, SensorId = id, SensorType = type, Unit = unit, IsSimulated = isSimulated },
                    value));
            }
        }
    }

    private delegate double? Value(in EnviroReading reading);

    /// <summary>The series that readings of this hat belong to; some may never have a record.</summary>
    public IReadOnlyList<TelemetrySeries> AllSeries { get; }

    /// <summary>Writes the records of a reading to the start of a buffer and returns how many there are.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="records">Room for at least as many records as there are series.</param>
    public int Map(in EnviroReading reading, Span<TelemetryRecord> records)
    {
        var count = 0;
        foreach (var quantity in _quantities)
        {
            if (quantity.Value(reading) is { } value)
            {
                records[count++] = new TelemetryRecord(quantity.Series, reading.Timestamp, value);
            }
        }

        return count;
    }

    private readonly record struct Quantity(TelemetrySeries Series, Value Value);
}
