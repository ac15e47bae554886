namespace ElectricBrain.Sensors.Display.Dashboard;

/// <summary>A page that shows readings of an Enviro hat. Pages of sensors that a hat has not are left out.</summary>
public enum EnviroPage
{
    /// <summary>All values at a glance.</summary>
    Overview,

    /// <summary>The temperature as a large number.</summary>
    TemperatureNumber,

    /// <summary>The humidity as a large number.</summary>
    HumidityNumber,

    /// <summary>The pressure as a large number.</summary>
    PressureNumber,

    /// <summary>The illuminance as a large number.</summary>
    LightNumber,

    /// <summary>The sound level as a large number.</summary>
    SoundNumber,

    /// <summary>The temperature over time.</summary>
    TemperatureGraph,

    /// <summary>The humidity over time.</summary>
    HumidityGraph,

    /// <summary>The pressure over time.</summary>
    PressureGraph,

    /// <summary>The illuminance over time.</summary>
    LightGraph,

    /// <summary>The sound level (LAeq of each interval) over time.</summary>
    SoundGraph,

    /// <summary>The resistances of the three gas elements over time.</summary>
    GasGraph,

    /// <summary>The masses of particles of three sizes over time.</summary>
    ParticleGraph,

    /// <summary>Values as bars, coloured by what health and comfort guidelines call low and high.</summary>
    Levels,

    /// <summary>Each sensor: whether it works, what is wrong, and since when.</summary>
    Health,
}
