namespace ElectricBrain.Sensors.Devices.Bme280;

/// <summary>Coefficient of the chip's low-pass filter over temperature and pressure (BME280 datasheet, <c>filter</c>).</summary>
public enum Bme280Filter
{
    /// <summary>No filter.</summary>
    Off = 0,

    /// <summary>Coefficient 2.</summary>
    X2 = 1,

    /// <summary>Coefficient 4.</summary>
    X4 = 2,

    /// <summary>Coefficient 8.</summary>
    X8 = 3,

    /// <summary>Coefficient 16.</summary>
    X16 = 4,
}
