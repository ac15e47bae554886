using ElectricBrain.Samples.SensorAgent.Health;

namespace ElectricBrain.Samples.SensorAgent.Documents;

/// <summary>How the agent does, as JSON.</summary>
/// <param name="Status">The worst of all that was looked at.</param>
/// <param name="Reasons">What is wrong; empty when nothing is.</param>
internal sealed record HealthDocument(HealthState Status, IReadOnlyList<string> Reasons);
