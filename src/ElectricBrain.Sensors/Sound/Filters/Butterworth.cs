using System.Numerics;

namespace ElectricBrain.Sensors.Sound.Filters;

/// <summary>Butterworth filters by the bilinear transform, their corners (-3 dB) where they are asked for.</summary>
internal static class Butterworth
{
    /// <summary>Sections of a band-pass.</summary>
    public const int BandPassSections = 3;

    // Of the low-pass; the third is the second's conjugate.
    private static readonly Complex[] ThirdOrderPoles = [new(-1, 0), Complex.FromPolarCoordinates(1, Math.PI * 2 / 3)];

    /// <summary>A second-order high-pass.</summary>
    public static BiquadSection HighPass(double cornerHertz, int sampleRate)
    {
        var k = Warped(cornerHertz, sampleRate);
        var a0 = 1 + Math.Sqrt(2) * k + k * k;
        return new BiquadSection(1 / a0, -2 / a0, 1 / a0, 2 * (k * k - 1) / a0, (1 - Math.Sqrt(2) * k + k * k) / a0);
    }

    /// <summary>A band-pass of sixth order, gain 1 in its middle.</summary>
    public static BiquadSection[] BandPass(double lowerHertz, double upperHertz, int sampleRate)
    {
        var lower = Warped(lowerHertz, sampleRate);
        var upper = Warped(upperHertz, sampleRate);
        var middle = 2 * Math.Atan(Math.Sqrt(lower * upper));
        var sections = new List<BiquadSection>(BandPassSections);
        foreach (var pole in ThirdOrderPoles)
        {
            // Each pole p of the low-pass becomes the two roots of s^2 - p (upper - lower) s + lower upper.
            var half = pole * (upper - lower) / 2;
            var root = Complex.Sqrt(half * half - lower * upper);
            if (pole.Imaginary == 0)
            {
                sections.Add(Section(half + root, half - root, middle));
            }
            else
            {
                sections.Add(Section(half + root, Complex.Conjugate(half + root), middle));
                sections.Add(Section(half - root, Complex.Conjugate(half - root), middle));
            }
        }

        return [.. sections];
    }

    private static double Warped(double hertz, int sampleRate) => Math.Tan(Math.PI * hertz / sampleRate);

    /// <summary>Two poles, conjugate or real, and zeros at zero frequency and at the Nyquist frequency.</summary>
    private static BiquadSection Section(Complex onePole, Complex otherPole, double middle)
    {
        var one = (1 + onePole) / (1 - onePole);
        var other = (1 + otherPole) / (1 - otherPole);
        var section = new BiquadSection(1, 0, -1, -(one + other).Real, (one * other).Real);
        return section.Scaled(1 / Math.Sqrt(section.PowerAt(middle)));
    }
}
