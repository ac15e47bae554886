namespace ElectricBrain.Sensors.Devices.Bme280;

/// <summary>How many conversions are averaged into one value (BME280 datasheet, <c>osrs_t</c>, <c>osrs_p</c>, <c>osrs_h</c>).</summary>
public enum Bme280Oversampling
{
    /// <summary>The quantity is not measured.</summary>
    Skip = 0,

    /// <summary>One conversion.</summary>
    X1 = 1,

    /// <summary>Two conversions.</summary>
    X2 = 2,

    /// <summary>Four conversions.</summary>
    X4 = 3,

    /// <summary>Eight conversions.</summary>
    X8 = 4,

    /// <summary>Sixteen conversions.</summary>
    X16 = 5,
}
