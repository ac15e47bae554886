namespace ElectricBrain.Sensors.Sound.Levels;

/// <summary>The levels with one frequency weighting, in dB re 20 µPa.</summary>
/// <param name="Equivalent">The level of steady sound with the same energy, Leq.</param>
/// <param name="Fast">Time weighting F, 125 ms.</param>
/// <param name="Slow">Time weighting S, 1 s.</param>
/// <param name="Impulse">Time weighting I, 35 ms up and 1.5 s down.</param>
public readonly record struct WeightedLevels(double Equivalent, TimeWeightedLevel Fast, TimeWeightedLevel Slow, TimeWeightedLevel Impulse);
