namespace ElectricBrain.Sensors.Devices.Ads1015;

/// <summary>What is measured (ADS1015 datasheet, table 6, field MUX).</summary>
public enum Ads1015Input
{
    /// <summary>AIN0 against AIN1.</summary>
    Differential01 = 0,

    /// <summary>AIN0 against AIN3.</summary>
    Differential03 = 1,

    /// <summary>AIN1 against AIN3.</summary>
    Differential13 = 2,

    /// <summary>AIN2 against AIN3.</summary>
    Differential23 = 3,

    /// <summary>AIN0 against ground.</summary>
    Single0 = 4,

    /// <summary>AIN1 against ground.</summary>
    Single1 = 5,

    /// <summary>AIN2 against ground.</summary>
    Single2 = 6,

    /// <summary>AIN3 against ground.</summary>
    Single3 = 7,
}
