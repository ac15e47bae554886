namespace ElectricBrain.Sensors.Simulation.Scenes;

/// <summary>What a simulated hat is exposed to at one instant.</summary>
/// <param name="TemperatureCelsius">Temperature in °C.</param>
/// <param name="RelativeHumidityPercent">Relative humidity in %.</param>
/// <param name="PressurePascals">Air pressure in Pa.</param>
/// <param name="IlluminanceLux">Illuminance in lx.</param>
/// <param name="ProximityCounts">Reflected infrared light, 0 to 2047; more saturates the sensor.</param>
public readonly record struct EnviroConditions(
    double TemperatureCelsius,
    double RelativeHumidityPercent,
    double PressurePascals,
    double IlluminanceLux,
    int ProximityCounts)
{
    /// <summary>The gases.</summary>
    /// <value>Default <see cref="GasConcentrations.CleanAir"/>.</value>
    public GasConcentrations Gas { get; init; } = GasConcentrations.CleanAir;

    /// <summary>The particles.</summary>
    /// <value>Default <see cref="ParticleConcentrations.CleanAir"/>.</value>
    public ParticleConcentrations Particles { get; init; } = ParticleConcentrations.CleanAir;

    /// <summary>The A-weighted sound level in dB re 20 µPa.</summary>
    /// <value>Default 35, a quiet room.</value>
    public double SoundLevelDecibels { get; init; } = 35;

    /// <summary>The temperature of the processor beside the hat in °C; null for one that gives off no heat.</summary>
    /// <value>Default null.</value>
    public double? CpuTemperatureCelsius { get; init; }
}
