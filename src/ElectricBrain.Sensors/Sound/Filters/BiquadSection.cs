namespace ElectricBrain.Sensors.Sound.Filters;

/// <summary>A second-order section: (b0 + b1 z^-1 + b2 z^-2) / (1 + a1 z^-1 + a2 z^-2).</summary>
internal readonly record struct BiquadSection(double B0, double B1, double B2, double A1, double A2)
{
    /// <summary>Lets everything pass.</summary>
    public static readonly BiquadSection Identity = new(1, 0, 0, 0, 0);

    /// <summary>Whether both poles are inside the unit circle (the stability triangle of a1 and a2).</summary>
    public bool IsStable => Math.Abs(A2) < 1 && Math.Abs(A1) < 1 + A2;

    /// <summary>The section with its output multiplied.</summary>
    public BiquadSection Scaled(double gain) => this with { B0 = gain * B0, B1 = gain * B1, B2 = gain * B2 };

    /// <summary>The square of the gain at a frequency in radians a sample.</summary>
    public double PowerAt(double radians)
    {
        // In sin^2(w/2) nothing cancels near zero frequency, where the poles of the weightings are.
        var u = Math.Pow(Math.Sin(radians / 2), 2);
        return PolynomialPower(B0, B1, B2, u) / PolynomialPower(1, A1, A2, u);
    }

    /// <summary>The square of the gain of a cascade at a frequency in radians a sample.</summary>
    public static double PowerAt(ReadOnlySpan<BiquadSection> cascade, double radians)
    {
        var power = 1.0;
        foreach (var section in cascade)
        {
            power *= section.PowerAt(radians);
        }

        return power;
    }

    private static double PolynomialPower(double c0, double c1, double c2, double u)
    {
        var sum = c0 + c1 + c2;
        return sum * sum - 4 * u * (c1 * (c0 + c2) + 4 * c0 * c2) + 16 * c0 * c2 * u * u;
    }
}
