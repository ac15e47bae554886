namespace ElectricBrain.Sensors.Sound.Levels;

/// <summary>What turns samples into sound pressure. The defaults are those of the microphone of the Enviro hats.</summary>
public sealed record Microphone
{
    // 94 dB is 1 Pa, and a sine at full scale has 0 dBFS although its effective value is 3.01 dB below full scale.
    private const double ReferenceLevel = 94;
    private static readonly double SineCrest = 10 * Math.Log10(2);

    /// <summary>The level of a sine of 94 dB sound pressure level and 1 kHz, in dB of a sine at full scale.</summary>
    /// <value>Default -26, of the class of the SPH0645.</value>
    public double SensitivityDecibels { get; init; } = -26;

    /// <summary>How much a microphone may differ from the sensitivity, in ± dB.</summary>
    /// <value>Default 3.</value>
    public double ToleranceDecibels { get; init; } = 3;

    /// <summary>Where the microphone's own sensitivity has fallen by 3 dB towards low frequencies, in Hz; null does not equalize.</summary>
    /// <value>Default null.</value>
    public double? LowFrequencyCornerHertz { get; init; }

    /// <summary>How far down the fall below <see cref="LowFrequencyCornerHertz"/> is equalized, in Hz: below, noise would be raised.</summary>
    /// <value>Default 20.</value>
    public double EqualizedDownToHertz { get; init; } = 20;

    /// <summary>The sound pressure level of an effective value of 1, full scale.</summary>
    internal double FullScaleLevel => ReferenceLevel - SensitivityDecibels + SineCrest;

    internal void Validate()
    {
        ThrowUnless(double.IsFinite(SensitivityDecibels) && SensitivityDecibels is >= -120 and <= 60, nameof(SensitivityDecibels), SensitivityDecibels, "Use -120 to 60 dB.");
        ThrowUnless(ToleranceDecibels is >= 0 and <= 60, nameof(ToleranceDecibels), ToleranceDecibels, "Use 0 to 60 dB.");
        if (LowFrequencyCornerHertz is { } corner)
        {
            ThrowUnless(corner is > 0 and <= 500, nameof(LowFrequencyCornerHertz), corner, "Use a frequency up to 500 Hz, or null.");
            ThrowUnless(
                EqualizedDownToHertz >= corner / 10 && EqualizedDownToHertz < corner,
                nameof(EqualizedDownToHertz),
                EqualizedDownToHertz,
                $"Use a frequency below {nameof(LowFrequencyCornerHertz)} ({corner} Hz) and at least a tenth of it.");
        }
    }

    private static void ThrowUnless(bool valid, string name, double value, string remedy)
    {
        if (!valid)
        {
            throw new ArgumentException($"{name} is {value}. {remedy}");
        }
    }
}
