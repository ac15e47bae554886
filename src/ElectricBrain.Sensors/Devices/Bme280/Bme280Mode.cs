namespace ElectricBrain.Sensors.Devices.Bme280;

/// <summary>When the chip measures (BME280 datasheet, section 3.3).</summary>
public enum Bme280Mode
{
    /// <summary>On request, asleep in between: least self-heating, and the value is as old as the measurement takes.</summary>
    Forced,

    /// <summary>On its own, with a standby pause in between: a sample is one bus transaction without waiting.</summary>
    Normal,
}
