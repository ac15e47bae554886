using ElectricBrain.Sensors.Devices.Pms5003;

namespace ElectricBrain.Samples.SensorAgent.Documents;

/// <summary>The particles in the air as JSON, in µg/m³; each size includes the smaller ones.</summary>
/// <param name="Pm1MicrogramsPerCubicMetre">Up to 1 µm.</param>
/// <param name="Pm25MicrogramsPerCubicMetre">Up to 2.5 µm.</param>
/// <param name="Pm10MicrogramsPerCubicMetre">Up to 10 µm.</param>
internal sealed record ParticlesDocument(int Pm1MicrogramsPerCubicMetre, int Pm25MicrogramsPerCubicMetre, int Pm10MicrogramsPerCubicMetre)
{
    public static ParticlesDocument From(in Pms5003Mass mass) => new(mass.Pm1MicrogramsPerCubicMetre, mass.Pm25MicrogramsPerCubicMetre, mass.Pm10MicrogramsPerCubicMetre);
}
