using ElectricBrain.Sensors.Sound.Filters;

namespace ElectricBrain.Sensors.Sound.Weighting;

/// <summary>
/// Designs the weightings as digital filters. The low poles are far below the sample rate and are taken over as they are
/// (matched z-transform); one more section is fitted to what then remains of the analytic curve, which the bilinear transform
/// would miss by 6 dB at 16 kHz. At every supported rate all weightings keep within 0.05 dB of their curve from 25 Hz to 20 kHz.
/// </summary>
internal static class WeightingFilter
{
    // Somewhat above what is heard, so that the fit still follows the curve at 20 kHz.
    private const double FitLimitHertz = 24_000;
    private const double SubsonicCornerHertz = 8;

    private static readonly int[] SampleRates = [44_100, 48_000, 88_200, 96_000];

    /// <summary>Checks a sample rate: the curves reach 20 kHz, and the fit is proven at the usual rates.</summary>
    /// <exception cref="ArgumentException">The weightings are not designed for the rate.</exception>
    public static void ThrowIfUnsupported(int sampleRate)
    {
        if (!SampleRates.Contains(sampleRate))
        {
            throw new ArgumentException($"Sound levels cannot be measured at {sampleRate} Hz. Use one of {string.Join(", ", SampleRates)} Hz; the microphone of the Enviro hats gives 48000.");
        }
    }

    /// <summary>The cascade of a weighting at a supported sample rate.</summary>
    public static BiquadSection[] Design(FrequencyWeighting weighting, int sampleRate) => weighting switch
    {
        FrequencyWeighting.A => Fitted(
            weighting,
            sampleRate,
            HighPass(WeightingCurve.LowPole, WeightingCurve.LowPole, sampleRate),
            HighPass(WeightingCurve.LowerMiddlePole, WeightingCurve.UpperMiddlePole, sampleRate)),
        FrequencyWeighting.C => Fitted(
            weighting,
            sampleRate,
            HighPass(WeightingCurve.LowPole, WeightingCurve.LowPole, sampleRate)),
        _ => [Butterworth.HighPass(SubsonicCornerHertz, sampleRate)],
    };

    private static BiquadSection[] Fitted(FrequencyWeighting weighting, int sampleRate, params BiquadSection[] low)
    {
        var perRadian = sampleRate / Math.Tau;
        var high = BiquadFit.Fit(Remaining, Math.Min(FitLimitHertz / perRadian, Math.PI));
        return [.. low, high];

        // At zero both are zero; a frequency next to it shows their ratio.
        double Remaining(double radians)
        {
            var w = Math.Max(radians, 1e-3 / perRadian);
            return WeightingCurve.PowerAt(weighting, w * perRadian) / BiquadSection.PowerAt(low, w);
        }
    }

    /// <summary>Two zeros at zero frequency and two real poles.</summary>
    private static BiquadSection HighPass(double onePole, double otherPole, int sampleRate)
    {
        var one = Math.Exp(-Math.Tau * onePole / sampleRate);
        var other = Math.Exp(-Math.Tau * otherPole / sampleRate);
        return new BiquadSection(1, -2, 1, -(one + other), one * other);
    }
}
