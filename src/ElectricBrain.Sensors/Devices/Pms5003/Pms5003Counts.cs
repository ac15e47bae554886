namespace ElectricBrain.Sensors.Devices.Pms5003;

/// <summary>Number of particles in 0.1 litre of air; each includes the larger ones.</summary>
/// <param name="Above300Nanometres">Larger than 0.3 µm.</param>
/// <param name="Above500Nanometres">Larger than 0.5 µm.</param>
/// <param name="Above1Micrometre">Larger than 1 µm.</param>
/// <param name="Above2500Nanometres">Larger than 2.5 µm.</param>
/// <param name="Above5Micrometres">Larger than 5 µm.</param>
/// <param name="Above10Micrometres">Larger than 10 µm.</param>
public readonly record struct Pms5003Counts(
    int Above300Nanometres,
    int Above500Nanometres,
    int Above1Micrometre,
    int Above2500Nanometres,
    int Above5Micrometres,
    int Above10Micrometres);
