using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Sampling;

/// <summary>The health of one sensor.</summary>
/// <param name="State">Whether its values can be used.</param>
/// <param name="Since">When it came into this state; for <see cref="SensorState.Failed"/> the first reading that failed.</param>
/// <param name="Fault">What is wrong, <see cref="SensorFault.None"/> unless it failed or is retried.</param>
/// <param name="Message">What failed and the remedy, for people; null when nothing is wrong.</param>
public readonly record struct SensorHealth(SensorState State, DateTimeOffset Since, SensorFault Fault = SensorFault.None, string? Message = null);
