namespace ElectricBrain.Sensors.Sound.Levels;

/// <summary>The sound levels of one interval, in dB re 20 µPa.</summary>
public readonly record struct SoundLevels
{
    /// <summary>Levels with weighting A: the usual measure of noise; LAeq is its <see cref="WeightedLevels.Equivalent"/>.</summary>
    public WeightedLevels A { get; init; }

    /// <summary>Levels with weighting C.</summary>
    public WeightedLevels C { get; init; }

    /// <summary>Levels without weighting.</summary>
    public WeightedLevels Z { get; init; }

    /// <summary>The level (A, fast) that was exceeded for 10 % of the interval: the louder events.</summary>
    public double L10 { get; init; }

    /// <summary>The level (A, fast) that was exceeded for half of the interval.</summary>
    public double L50 { get; init; }

    /// <summary>The level (A, fast) that was exceeded for 90 % of the interval: the background.</summary>
    public double L90 { get; init; }

    /// <summary>The octave bands; null when they are not measured.</summary>
    public OctaveLevels? Octaves { get; init; }

    /// <summary>The uncertainty of all levels in ± dB: that of the calibration, or the tolerance of the microphone.</summary>
    public double UncertaintyDecibels { get; init; }
}
