namespace ElectricBrain.Sensors.Devices.Ltr559;

/// <summary>How often the light sensor delivers a value (LTR-559 datasheet, register 0x85).</summary>
public enum Ltr559Repeat
{
    /// <summary>Every 50 ms.</summary>
    Ms50 = 0,

    /// <summary>Every 100 ms.</summary>
    Ms100 = 1,

    /// <summary>Every 200 ms.</summary>
    Ms200 = 2,

    /// <summary>Every 500 ms.</summary>
    Ms500 = 3,

    /// <summary>Every second.</summary>
    Ms1000 = 4,

    /// <summary>Every two seconds.</summary>
    Ms2000 = 5,
}
