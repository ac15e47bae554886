namespace ElectricBrain.Sensors.Devices.Ads1015;

/// <summary>How many conversions in a row must lie beyond a threshold before the pin is asserted (ADS1015 datasheet, table 6, field COMP_QUE).</summary>
public enum Ads1015ComparatorQueue
{
    /// <summary>One.</summary>
    One = 0,

    /// <summary>Two.</summary>
    Two = 1,

    /// <summary>Four.</summary>
    Four = 2,
}
