namespace ElectricBrain.Sensors.Devices.Ads1015;

/// <summary>
/// The range of the amplifier, to both sides of zero (ADS1015 datasheet, table 6, field PGA). A pin must stay within the supply
/// whatever the range.
/// </summary>
public enum Ads1015Range
{
    /// <summary>6.144 V, 3 mV a step on the ADS1015.</summary>
    Mv6144 = 0,

    /// <summary>4.096 V, 2 mV a step.</summary>
    Mv4096 = 1,

    /// <summary>2.048 V, 1 mV a step.</summary>
    Mv2048 = 2,

    /// <summary>1.024 V, 0.5 mV a step.</summary>
    Mv1024 = 3,

    /// <summary>0.512 V, 0.25 mV a step.</summary>
    Mv512 = 4,

    /// <summary>0.256 V, 0.125 mV a step.</summary>
    Mv256 = 5,
}
