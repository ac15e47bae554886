namespace ElectricBrain.Sensors.Diagnostics;

/// <summary>A sensor or its bus cannot be used. The message names the chip, the bus and the remedy.</summary>
public sealed class SensorException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fault">What is wrong.</param>
    /// <param name="message">What failed, on what, and the remedy.</param>
    /// <param name="busId">The I2C bus (the N of <c>/dev/i2c-N</c>), or null for what is on none.</param>
    /// <param name="address">The 7-bit address of the chip, or null where the bus itself failed.</param>
    /// <param name="innerException">The error of the bus, port or pin.</param>
    public SensorException(SensorFault fault, string message, int? busId = null, int? address = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Fault = fault;
        BusId = busId;
        Address = address;
    }

    /// <summary>What is wrong.</summary>
    public SensorFault Fault { get; }

    /// <summary>The I2C bus (the N of <c>/dev/i2c-N</c>), or null for what is on none.</summary>
    public int? BusId { get; }

    /// <summary>The 7-bit address of the chip, or null where the bus itself failed.</summary>
    public int? Address { get; }
}
