namespace ElectricBrain.Sensors.Sampling;

/// <summary>Whether a sensor's values can be used.</summary>
public enum SensorState
{
    /// <summary>The sensor has been started and has not delivered its first trustworthy value yet.</summary>
    WarmingUp,

    /// <summary>The sensor delivers values.</summary>
    Ok,

    /// <summary>The sensor delivers nothing; it is started again as soon as it answers.</summary>
    Failed,
}
