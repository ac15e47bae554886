namespace ElectricBrain.Sensors.Devices.Ads1015;

/// <summary>One conversion.</summary>
/// <param name="Input">What was measured.</param>
/// <param name="Range">The range it was measured with.</param>
/// <param name="Counts">The raw value: 12 bits on an ADS1015, 16 on an ADS1115.</param>
/// <param name="Volts">The voltage in V; null at the ends of the range, where it may be any beyond.</param>
public readonly record struct Ads1015Reading(Ads1015Input Input, Ads1015Range Range, int Counts, double? Volts);
