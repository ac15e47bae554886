namespace ElectricBrain.Sensors.Devices.Pms5003;

/// <summary>What a PMS5003 counts (Plantower manual, appendix I).</summary>
/// <param name="Atmospheric">The masses under atmospheric conditions, for outdoor and indoor air.</param>
/// <param name="Standard">The masses with the factory's calibration for standard particles (CF=1), for industrial air.</param>
/// <param name="Counts">The particles per size.</param>
public readonly record struct Pms5003Reading(Pms5003Mass Atmospheric, Pms5003Mass Standard, Pms5003Counts Counts);
