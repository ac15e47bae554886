namespace ElectricBrain.Sensors.Diagnostics;

/// <summary>What keeps a sensor from giving a value.</summary>
public enum SensorFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The bus, port, pin or device does not exist on this machine.</summary>
    BusMissing,

    /// <summary>The process may not open the bus, port, pin or device.</summary>
    PermissionDenied,

    /// <summary>The chip does not acknowledge its address, or transfers with it fail.</summary>
    NoAnswer,

    /// <summary>Another chip than the expected one answers at the address.</summary>
    WrongChip,

    /// <summary>The chip answers but does not finish: a reset, a measurement or an update never ends, or its values never change.</summary>
    Stuck,

    /// <summary>The chip's answer cannot be a measurement or a calibration.</summary>
    InvalidData,

    /// <summary>The input exceeds what the sensor can measure.</summary>
    Overload,

    /// <summary>The machine that the sensor is on cannot be reached, or the connection to it broke.</summary>
    Unreachable,
}
