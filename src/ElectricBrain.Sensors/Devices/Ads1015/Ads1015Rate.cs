namespace ElectricBrain.Sensors.Devices.Ads1015;

/// <summary>Conversions per second of an ADS1015 (datasheet, table 6, field DR); slower ones average more noise away.</summary>
public enum Ads1015Rate
{
    /// <summary>128 per second.</summary>
    Sps128 = 0,

    /// <summary>250 per second.</summary>
    Sps250 = 1,

    /// <summary>490 per second.</summary>
    Sps490 = 2,

    /// <summary>920 per second.</summary>
    Sps920 = 3,

    /// <summary>1600 per second.</summary>
    Sps1600 = 4,

    /// <summary>2400 per second.</summary>
    Sps2400 = 5,

    /// <summary>3300 per second.</summary>
    Sps3300 = 6,
}
