namespace ElectricBrain.Sensors.Devices.Pms5003;

/// <summary>Mass of particles; each includes the smaller ones.</summary>
/// <param name="Pm1MicrogramsPerCubicMetre">Particles up to 1 µm in µg/m³.</param>
/// <param name="Pm25MicrogramsPerCubicMetre">Particles up to 2.5 µm in µg/m³.</param>
/// <param name="Pm10MicrogramsPerCubicMetre">Particles up to 10 µm in µg/m³.</param>
public readonly record struct Pms5003Mass(int Pm1MicrogramsPerCubicMetre, int Pm25MicrogramsPerCubicMetre, int Pm10MicrogramsPerCubicMetre);
