namespace ElectricBrain.Samples.SensorAgent.Health;

/// <summary>How the agent does.</summary>
/// <param name="State">The worst of all that was looked at.</param>
/// <param name="Reasons">What is wrong; empty when nothing is.</param>
internal sealed record HealthReport(HealthState State, IReadOnlyList<string> Reasons);
