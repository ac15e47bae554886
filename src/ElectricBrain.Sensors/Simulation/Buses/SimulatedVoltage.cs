namespace ElectricBrain.Sensors.Simulation.Buses;

/// <summary>The voltage at a pin of a simulated converter at an instant, in V.</summary>
/// <param name="pin">The number of the pin, from 0.</param>
/// <param name="time">The instant, in the local time of the hat.</param>
public delegate double SimulatedVoltage(int pin, DateTimeOffset time);
