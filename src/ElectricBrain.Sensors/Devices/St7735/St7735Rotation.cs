namespace ElectricBrain.Sensors.Devices.St7735;

/// <summary>How the picture lies on the panel, which is 80 wide and 160 high by itself; the angles are counter-clockwise.</summary>
public enum St7735Rotation
{
    /// <summary>80 x 160.</summary>
    None,

    /// <summary>160 x 80, upside down on an Enviro.</summary>
    Degrees90,

    /// <summary>80 x 160, upside down.</summary>
    Degrees180,

    /// <summary>160 x 80, upright on an Enviro.</summary>
    Degrees270,
}
