namespace ElectricBrain.Sensors.Devices.Ads1015;

/// <summary>Which of the two pin-compatible converters is fitted; batches of the same board differ.</summary>
public enum Ads1015Model
{
    /// <summary>12 bits, up to 3300 samples per second.</summary>
    Ads1015,

    /// <summary>16 bits, up to 860 samples per second.</summary>
    Ads1115,
}
