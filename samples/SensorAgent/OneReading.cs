using System.Globalization;
using System.Text;
using System.Text.Json;
using ElectricBrain.Samples.SensorAgent.Documents;
using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Samples.SensorAgent;

/// <summary>Takes one reading and prints it.</summary>
internal static class OneReading
{
    public static async Task<int> RunAsync(AgentOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var calibrations = await HatCalibrations.LoadAsync(options.DataDirectory, cancellationToken);
        using var hat = EnviroHat.Open(HatSelection.From(options).Configure(options, calibrations));

        // Particles take half a minute and sound two seconds, for those who ask for them.
        var awaited = EnviroSensors.Bme280 | EnviroSensors.Ltr559
            | (options.Particles ? EnviroSensors.Pms5003 : 0)
            | (options.Sound ? EnviroSensors.Microphone : 0);
        var reading = ReadingDocument.From(await hat.ReadSettledAsync(awaited, cancellationToken), TimeSpan.Zero, options);
        await output.WriteLineAsync(options.Format == OutputFormat.Json
            ? JsonSerializer.Serialize(reading, AgentJsonContext.Default.ReadingDocument)
            : Table(reading));
        return reading.Sensors.All(static sensor => sensor.State == SensorState.Failed) ? ExitCode.Sensor : ExitCode.Success;
    }

    private static string Table(ReadingDocument reading)
    {
        var table = new StringBuilder();
        Row("Host", reading.Simulated ? $"{reading.Host} ({reading.Device}, SIMULATED)" : $"{reading.Host} ({reading.Device})");
        Row("Time", reading.Timestamp.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        Row("Temperature", Value(reading.TemperatureCelsius, "0.0", "°C"));
        RowWhereKnown("Measured", reading.RawTemperatureCelsius, "0.0", "°C, beside the processor");
        Row("Humidity", Value(reading.RelativeHumidityPercent, "0.0", "%"));
        RowWhereKnown("Dew point", reading.DewPointCelsius, "0.0", "°C");
        RowWhereKnown("Feels like", reading.ApparentTemperatureCelsius, "0.0", "°C");
        Row("Pressure", Value(reading.PressurePascals / 100, "0.0", "hPa"));
        RowWhereKnown("Sea level", reading.SeaLevelPressurePascals / 100, "0.0", "hPa");
        Row("Light", Value(reading.IlluminanceLux, "0.0", "lx"));
        Row("Proximity", Value(reading.ProximityCounts, "0", "counts"));
        RowWhereKnown("Reducing", reading.Gas?.Reducing.Ohms / 1000, "0.0", "kΩ");
        RowWhereKnown("Oxidising", reading.Gas?.Oxidising.Ohms / 1000, "0.0", "kΩ");
        RowWhereKnown("Ammonia", reading.Gas?.Ammonia.Ohms / 1000, "0.0", "kΩ");
        RowWhereKnown("PM1", reading.Particles?.Pm1MicrogramsPerCubicMetre, "0", "µg/m³");
        RowWhereKnown("PM2.5", reading.Particles?.Pm25MicrogramsPerCubicMetre, "0", "µg/m³");
        RowWhereKnown("PM10", reading.Particles?.Pm10MicrogramsPerCubicMetre, "0", "µg/m³");
        RowWhereKnown("Sound", reading.Sound?.LaeqDecibels, "0.0", "dB(A)");
        foreach (var sensor in reading.Sensors)
        {
            Row(sensor.Sensor, sensor.Message ?? sensor.State.ToString().ToLowerInvariant());
        }

        return table.ToString().TrimEnd();

        void RowWhereKnown(string name, double? value, string format, string unit)
        {
            if (value is not null)
            {
                Row(name, Value(value, format, unit));
            }
        }

        void Row(string name, string value) => table.Append(CultureInfo.InvariantCulture, $"{name,-12} {value}").AppendLine();
    }

    private static string Value(double? value, string format, string unit) =>
        value is { } number ? $"{number.ToString(format, CultureInfo.InvariantCulture)} {unit}" : "-";
}
