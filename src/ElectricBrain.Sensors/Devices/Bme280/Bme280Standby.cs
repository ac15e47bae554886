namespace ElectricBrain.Sensors.Devices.Bme280;

/// <summary>Pause between two measurements in normal mode (BME280 datasheet, <c>t_sb</c>).</summary>
public enum Bme280Standby
{
    /// <summary>0.5 ms.</summary>
    Us500 = 0,

    /// <summary>62.5 ms.</summary>
    Us62500 = 1,

    /// <summary>125 ms.</summary>
    Ms125 = 2,

    /// <summary>250 ms.</summary>
    Ms250 = 3,

    /// <summary>500 ms.</summary>
    Ms500 = 4,

    /// <summary>1000 ms.</summary>
    Ms1000 = 5,

    /// <summary>10 ms.</summary>
    Ms10 = 6,

    /// <summary>20 ms.</summary>
    Ms20 = 7,
}
