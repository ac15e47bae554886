namespace ElectricBrain.Sensors.Simulation.Scenes;

/// <summary>The particles around a simulated hat; each includes the smaller ones.</summary>
/// <param name="Pm1MicrogramsPerCubicMetre">Particles up to 1 µm in µg/m³.</param>
/// <param name="Pm25MicrogramsPerCubicMetre">Particles up to 2.5 µm in µg/m³.</param>
/// <param name="Pm10MicrogramsPerCubicMetre">Particles up to 10 µm in µg/m³.</param>
public readonly record struct ParticleConcentrations(double Pm1MicrogramsPerCubicMetre, double Pm25MicrogramsPerCubicMetre, double Pm10MicrogramsPerCubicMetre)
{
    /// <summary>The air of a clean room of a home.</summary>
    public static ParticleConcentrations CleanAir { get; } = new(3, 5, 6);
}
