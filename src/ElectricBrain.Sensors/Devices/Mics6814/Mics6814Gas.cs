namespace ElectricBrain.Sensors.Devices.Mics6814;

/// <summary>A gas that one of the elements reacts to (MiCS-6814 datasheet 1143, page 1).</summary>
public enum Mics6814Gas
{
    /// <summary>CO, by the reducing element, 1 to 1,000 ppm.</summary>
    CarbonMonoxide,

    /// <summary>NO2, by the oxidising element, 0.05 to 10 ppm.</summary>
    NitrogenDioxide,

    /// <summary>NH3, by the ammonia element, 1 to 500 ppm.</summary>
    Ammonia,

    /// <summary>C2H5OH, by the reducing element, 10 to 500 ppm.</summary>
    Ethanol,

    /// <summary>H2, by the reducing element, 1 to 1,000 ppm.</summary>
    Hydrogen,

    /// <summary>CH4, by the reducing element, above 1,000 ppm.</summary>
    Methane,

    /// <summary>C3H8, by the ammonia element, above 1,000 ppm.</summary>
    Propane,

    /// <summary>C4H10, by the ammonia element, above 1,000 ppm.</summary>
    IsoButane,
}
