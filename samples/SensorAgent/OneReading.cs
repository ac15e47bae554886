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
        var hatOptions = new EnviroHatOptions();
        HatSelection.From(options).Apply(hatOptions);
        using var hat = EnviroHat.Open(hatOptions);
        var reading = ReadingDocument.From(await hat.ReadSettledAsync(cancellationToken), TimeSpan.Zero, options);
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
        Row("Humidity", Value(reading.RelativeHumidityPercent, "0.0", "%"));
        Row("Pressure", Value(reading.PressurePascals / 100, "0.0", "hPa"));
        Row("Light", Value(reading.IlluminanceLux, "0.0", "lx"));
        Row("Proximity", Value(reading.ProximityCounts, "0", "counts"));
        foreach (var sensor in reading.Sensors)
        {
            Row(sensor.Sensor, sensor.Message ?? sensor.State.ToString().ToLowerInvariant());
        }

        return table.ToString().TrimEnd();

        void Row(string name, string value) => table.Append(CultureInfo.InvariantCulture, $"{name,-12} {value}").AppendLine();
    }

    private static string Value(double? value, string format, string unit) =>
        value is { } number ? $"{number.ToString(format, CultureInfo.InvariantCulture)} {unit}" : "-";
}
