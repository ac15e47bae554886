namespace ElectricBrain.Sensors.Devices.Ltr559;

/// <summary>Peak current of the proximity sensor's infrared LED (LTR-559 datasheet, register 0x82).</summary>
public enum Ltr559LedCurrent
{
    /// <summary>5 mA.</summary>
    Ma5 = 0,

    /// <summary>10 mA.</summary>
    Ma10 = 1,

    /// <summary>20 mA.</summary>
    Ma20 = 2,

    /// <summary>50 mA.</summary>
    Ma50 = 3,

    /// <summary>100 mA.</summary>
    Ma100 = 4,
}
