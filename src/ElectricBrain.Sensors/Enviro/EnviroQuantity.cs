namespace ElectricBrain.Sensors.Enviro;

/// <summary>The quantities that a hat measures.</summary>
public enum EnviroQuantity
{
    /// <summary>Temperature in °C.</summary>
    Temperature,

    /// <summary>Relative humidity in %.</summary>
    RelativeHumidity,

    /// <summary>Air pressure at the place of the hat in Pa.</summary>
    Pressure,

    /// <summary>Illuminance in lx.</summary>
    Illuminance,

    /// <summary>Proximity in counts.</summary>
    Proximity,

    /// <summary>Resistance of the element for oxidising gases in ohm, once it is warm.</summary>
    OxidisingResistance,

    /// <summary>Resistance of the element for reducing gases in ohm, once it is warm.</summary>
    ReducingResistance,

    /// <summary>Resistance of the element for ammonia in ohm, once it is warm.</summary>
    AmmoniaResistance,

    /// <summary>Particles up to 1 µm in µg/m³.</summary>
    Pm1,

    /// <summary>Particles up to 2.5 µm in µg/m³.</summary>
    Pm25,

    /// <summary>Particles up to 10 µm in µg/m³.</summary>
    Pm10,

    /// <summary>A-weighted equivalent sound level (LAeq) in dB re 20 µPa.</summary>
    SoundLevel,
}
