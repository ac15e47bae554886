using ElectricBrain.Sensors.Diagnostics;
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
    public static SensorDocument From(string sensor, in SensorHealth health) =>
        new(sensor, health.State, health.Since.UtcDateTime, health.Fault == SensorFault.None ? null : health.Fault, health.Message);
}
