namespace ElectricBrain.Sensors.Devices.Ltr559;

/// <summary>Gain of the light sensor (LTR-559 datasheet, register 0x80). The ranges are for an integration of 100 ms.</summary>
public enum Ltr559Gain
{
    /// <summary>1 to 64,000 lx.</summary>
    X1 = 0,

    /// <summary>0.5 to 32,000 lx.</summary>
    X2 = 1,

    /// <summary>0.25 to 16,000 lx.</summary>
    X4 = 2,

    /// <summary>0.125 to 8,000 lx.</summary>
    X8 = 3,

    /// <summary>0.02 to 1,300 lx.</summary>
    X48 = 6,

    /// <summary>0.01 to 600 lx.</summary>
    X96 = 7,
}
