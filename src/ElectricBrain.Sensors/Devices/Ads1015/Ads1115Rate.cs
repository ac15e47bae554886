namespace ElectricBrain.Sensors.Devices.Ads1015;

/// <summary>Conversions per second where an ADS1115 is fitted (ADS1115 datasheet, config register, field DR).</summary>
public enum Ads1115Rate
{
    /// <summary>8 per second.</summary>
    Sps8 = 0,

    /// <summary>16 per second.</summary>
    Sps16 = 1,

    /// <summary>32 per second.</summary>
    Sps32 = 2,

    /// <summary>64 per second.</summary>
    Sps64 = 3,

    /// <summary>128 per second.</summary>
    Sps128 = 4,

    /// <summary>250 per second.</summary>
    Sps250 = 5,

    /// <summary>475 per second.</summary>
    Sps475 = 6,

    /// <summary>860 per second.</summary>
    Sps860 = 7,
}
