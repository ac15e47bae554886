namespace ElectricBrain.Sensors.Devices.Ltr559;

/// <summary>How long the light sensor collects light for one value (LTR-559 datasheet, register 0x85).</summary>
public enum Ltr559Integration
{
    /// <summary>100 ms.</summary>
    Ms100 = 0,

    /// <summary>50 ms.</summary>
    Ms50 = 1,

    /// <summary>200 ms.</summary>
    Ms200 = 2,

    /// <summary>400 ms.</summary>
    Ms400 = 3,

    /// <summary>150 ms.</summary>
    Ms150 = 4,

    /// <summary>250 ms.</summary>
    Ms250 = 5,

    /// <summary>300 ms.</summary>
    Ms300 = 6,

    /// <summary>350 ms.</summary>
    Ms350 = 7,
}
