namespace ElectricBrain.Sensors.Simulation.Buses;

/// <summary>How a simulated transfer fails.</summary>
public enum I2cFault
{
    /// <summary>The chip does not acknowledge (Linux error 121, EREMOTEIO).</summary>
    NotAcknowledged,

    /// <summary>The transfer does not end in time (Linux error 110, ETIMEDOUT).</summary>
    TimedOut,
}
