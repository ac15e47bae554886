namespace ElectricBrain.Sensors.Devices.Mics6814;

/// <summary>What one of the three elements shows.</summary>
/// <param name="Ohms">Its resistance in ohm; null where it is open, shorted or beyond what the board resolves.</param>
/// <param name="Ratio">Its resistance relative to that in clean air; null without a calibration and while the heater warms up.</param>
public readonly record struct Mics6814Element(double? Ohms, double? Ratio);
