using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Sound.Levels;

/// <summary>What a sound level meter has to say of one interval.</summary>
public readonly record struct SoundLevelReading
{
    /// <summary>When the interval ended.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The length of the interval; zero where there were no samples.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The levels; null when they cannot be trusted, for the reason in <see cref="Health"/>.</summary>
    public SoundLevels? Levels { get; init; }

    /// <summary>Health of the microphone.</summary>
    public SensorHealth Health { get; init; }

    /// <summary>Whether the sound comes from a simulation.</summary>
    public bool IsSimulated { get; init; }
}
