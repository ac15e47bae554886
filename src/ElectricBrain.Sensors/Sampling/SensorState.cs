namespace ElectricBrain.Sensors.Sampling;

/// <summary>Whether a sensor's values can be used.</summary>
public enum SensorState
{
    /// <summary>The sensor has been started and has not delivered its first trustworthy value yet.</summary>
    WarmingUp,

    /// <summary>The sensor delivers values.</summary>
    Ok,

    /// <summary>
    /// The sensor delivered values until less than five seconds ago and is started again with each reading. Its values are null
    /// meanwhile. What fails for longer, or never delivered a value, is <see cref="Failed"/>.
    /// </summary>
    Retrying,

    /// <summary>The sensor delivers nothing; it is started again as soon as it answers.</summary>
    Failed,
}
