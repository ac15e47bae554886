namespace ElectricBrain.Sensors.Sound.Levels;

/// <summary>A level that follows the sound with a time weighting (IEC 61672-1), in dB re 20 µPa.</summary>
/// <param name="Last">At the end of the interval.</param>
/// <param name="Maximum">The highest of the interval.</param>
/// <param name="Minimum">The lowest of the interval.</param>
public readonly record struct TimeWeightedLevel(double Last, double Maximum, double Minimum);
