namespace ElectricBrain.Sensors.Sound.Weighting;

/// <summary>The weightings as the standard defines them: analytic curves, 0 dB at 1 kHz (IEC 61672-1, annex E).</summary>
internal static class WeightingCurve
{
    /// <summary>Double pole of A and C at low frequencies, in Hz.</summary>
    public const double LowPole = 20.598997;

    /// <summary>The two poles that only A has, in Hz.</summary>
    public const double LowerMiddlePole = 107.652649;

    /// <inheritdoc cref="LowerMiddlePole"/>
    public const double UpperMiddlePole = 737.862231;

    /// <summary>Double pole of A and C at high frequencies, in Hz.</summary>
    public const double HighPole = 12194.217148;

    private const double Reference = 1000;

    /// <summary>The weighting of a frequency as the square of a gain, 1 at 1 kHz.</summary>
    public static double PowerAt(FrequencyWeighting weighting, double hertz) => weighting switch
    {
        FrequencyWeighting.A => A(hertz) / A(Reference),
        FrequencyWeighting.C => C(hertz) / C(Reference),
        _ => 1,
    };

    private static double A(double hertz) => C(hertz) * HighPass(hertz, LowerMiddlePole) * HighPass(hertz, UpperMiddlePole);

    private static double C(double hertz) => Math.Pow(HighPass(hertz, LowPole) * LowPass(hertz, HighPole), 2);

    private static double HighPass(double hertz, double pole) => hertz * hertz / (hertz * hertz + pole * pole);

    private static double LowPass(double hertz, double pole) => pole * pole / (hertz * hertz + pole * pole);
}
