namespace ElectricBrain.Sensors.Devices.Ads1015;

/// <summary>When the ALERT/RDY pin is asserted (ADS1015 datasheet, section 8.3.7).</summary>
public enum Ads1015ComparatorMode
{
    /// <summary>Above the high threshold, until below the low one.</summary>
    Hysteresis,

    /// <summary>Outside the thresholds.</summary>
    Window,

    /// <summary>When a conversion has finished; the thresholds are not used.</summary>
    ConversionReady,
}
