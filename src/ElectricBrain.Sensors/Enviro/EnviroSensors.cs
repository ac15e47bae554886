namespace ElectricBrain.Sensors.Enviro;

/// <summary>The sensors of a hat, to choose among them.</summary>
[Flags]
public enum EnviroSensors
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>Temperature, humidity and pressure.</summary>
    Bme280 = 1,

    /// <summary>Illuminance and proximity.</summary>
    Ltr559 = 2,

    /// <summary>Gases.</summary>
    Mics6814 = 4,

    /// <summary>Particles.</summary>
    Pms5003 = 8,

    /// <summary>Sound levels.</summary>
    Microphone = 16,

    /// <summary>All of them.</summary>
    All = Bme280 | Ltr559 | Mics6814 | Pms5003 | Microphone,
}
