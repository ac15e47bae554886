namespace ElectricBrain.Sensors.Sound.Levels;

/// <summary>From power, in squares of full scale, to sound pressure level.</summary>
/// <param name="fullScaleLevel">The level of an effective value of 1.</param>
internal readonly struct LevelScale(double fullScaleLevel)
{
    // Far below any microphone's noise: keeps the level of a band without any power a number.
    private const double Floor = 1e-30;

    public double Level(double power) => fullScaleLevel + 10 * Math.Log10(Math.Max(power, Floor));

    public TimeWeightedLevel Level(double last, double maximum, double minimum) => new(Level(last), Level(maximum), Level(minimum));
}
