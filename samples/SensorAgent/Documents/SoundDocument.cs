using ElectricBrain.Sensors.Sound.Levels;

namespace ElectricBrain.Samples.SensorAgent.Documents;

/// <summary>The sound levels of the last second as JSON, A-weighted, in dB re 20 µPa.</summary>
/// <param name="LaeqDecibels">The level of steady sound with the same energy.</param>
/// <param name="LafMaximumDecibels">The highest level, fast.</param>
/// <param name="La10Decibels">Exceeded for 10 % of the time.</param>
/// <param name="La90Decibels">Exceeded for 90 % of the time: the background.</param>
/// <param name="UncertaintyDecibels">The uncertainty of all of them, ±.</param>
internal sealed record SoundDocument(double LaeqDecibels, double LafMaximumDecibels, double La10Decibels, double La90Decibels, double UncertaintyDecibels)
{
    public static SoundDocument From(in SoundLevels levels) => new(levels.A.Equivalent, levels.A.Fast.Maximum, levels.L10, levels.L90, levels.UncertaintyDecibels);
}
