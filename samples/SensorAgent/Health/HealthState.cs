namespace ElectricBrain.Samples.SensorAgent.Health;

/// <summary>Whether the agent does its work.</summary>
internal enum HealthState
{
    /// <summary>Everything works.</summary>
    Healthy,

    /// <summary>Readings are taken and stored, but not all that was asked for works: a sensor failed, or a destination is away.</summary>
    Degraded,

    /// <summary>No readings are taken, or they are not stored.</summary>
    Unhealthy,
}
