using System.Numerics;

namespace ElectricBrain.Sensors.Sound.Filters;

/// <summary>Butterworth filters by the bilinear transform, their corners (-3 dB) where they are asked for.</summary>
internal static class Butterworth
{
    /// <summary>Sections of a band-pass.</summary>
    public const int BandPassSections = 4;

    // Of the low-pass of fourth order; the other two are their conjugates.
    private static readonly Complex[] LowPassPoles = [Complex.FromPolarCoordinates(1, Math.PI * 5 / 8), Complex.FromPolarCoordinates(1, Math.PI * 7 / 8)];

    /// <summary>A second-order high-pass.</summary>
    public static BiquadSection HighPass(double cornerHertz, int sampleRate)
    {
        var k = Warped(cornerHertz, sampleRate);
        var a0 = 1 + Math.Sqrt(2) * k + k * k;
        return new BiquadSection(1 / a0, -2 / a0, 1 / a0, 2 * (k * k - 1) / a0, (1 - Math.Sqrt(2) * k + k * k) / a0);
    }

    /// <summary>A band-pass of eighth order, gain 1 in its middle.</summary>
    public static BiquadSection[] BandPass(double lowerHertz, double upperHertz, int sampleRate)
    {
        var lower = Warped(lowerHertz, sampleRate);
        var upper = Warped(upperHertz, sampleRate);
        var middle = 2 * Math.Atan(Math.Sqrt(lower * upper));
        var sections = new List<BiquadSection>(BandPassSections);
        foreach (var pole in LowPassPoles)
        {
            // Each pole p of the low-pass becomes the two roots of s^2 - p (upper - lower) s + lower upper.
            var half = pole * (upper - lower) / 2;
            var root = Complex.Sqrt(half * half - lower * upper);
            sections.Add(Section(half + root, middle));
            sections.Add(Section(half - root, middle));
        }

        return [.. sections];
    }

    private static double Warped(double hertz, int sampleRate) => Math.Tan(Math.PI * hertz / sampleRate);

    /// <summary>A pole and its conjugate, zeros at zero frequency and at the Nyquist frequency.</summary>
    private static BiquadSection Section(Complex pole, double middle)
    {
        var z = (1 + pole) / (1 - pole);
        var section = new BiquadSection(1, 0, -1, -2 * z.Real, z.Real * z.Real + z.Imaginary * z.Imaginary);
        return section.Scaled(1 / Math.Sqrt(section.PowerAt(middle)));
    }
}
