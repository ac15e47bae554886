using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Samples.SensorAgent.Documents;

/// <summary>The health of one sensor as JSON.</summary>
/// <param name="Sensor">The chip.</param>
/// <param name="State">Whether its values can be used.</param>
/// <param name="Since">When it came into this state, UTC.</param>
/// <param name="Fault">What is wrong; null when nothing is.</param>
/// <param name="Message">What failed and the remedy; null when nothing is wrong.</param>
internal sealed record SensorDocument(string Sensor, SensorState State, DateTime Since, SensorFault? Fault, string? Message)
{
    /// <summary>The processor's thermometer, which the others need to be compensated.</summary>
    public const string Cpu = "cpu";

    /// <summary>Those that the hat has.</summary>
    public static IReadOnlyList<SensorDocument> AllOf(in EnviroReading reading)
    {
        var sensors = new List<SensorDocument>(6) { From("bme280", reading.Bme280), From("ltr559", reading.Ltr559) };
        AddWhereKnown("mics6814", reading.Mics6814);
        AddWhereKnown("pms5003", reading.Pms5003);
        AddWhereKnown("microphone", reading.Microphone);
        AddWhereKnown(Cpu, reading.Cpu);
        return sensors;

        void AddWhereKnown(string sensor, SensorHealth? health)
        {
            if (health is { } known)
            {
                sensors.Add(From(sensor, known));
            }
        }
    }

    private static SensorDocument From(string sensor, in SensorHealth health) =>
        new(sensor, health.State, health.Since.UtcDateTime, health.Fault == SensorFault.None ? null : health.Fault, health.Message);
}
