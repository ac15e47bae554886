namespace ElectricBrain.Sensors.Sound.Filters;

/// <summary>
/// Fits a minimum-phase second-order section to a power response. On the unit circle the power of a section is a ratio of
/// two quadratics in u = sin^2(w/2), so the fit of the relative error is a linear least-squares problem once its denominator is
/// taken from the round before (Sanathanan and Koerner, 1963). The section then follows in closed form.
/// </summary>
internal static class BiquadFit
{
    private const int Points = 200;
    private const int Rounds = 20;
    private const int Unknowns = 5;

    /// <summary>Fits the section.</summary>
    /// <param name="power">The wanted square of the gain at a frequency in radians a sample.</param>
    /// <param name="upTo">The upper end of the fit in radians a sample; the lower is zero.</param>
    public static BiquadSection Fit(Func<double, double> power, double upTo)
    {
        Span<double> u = stackalloc double[Points];
        Span<double> target = stackalloc double[Points];
        Span<double> denominator = stackalloc double[Points];
        for (var k = 0; k < Points; k++)
        {
            var radians = upTo * k / (Points - 1);
            u[k] = Math.Pow(Math.Sin(radians / 2), 2);
            target[k] = power(radians);
            denominator[k] = 1;
        }

        Span<double> solution = stackalloc double[Unknowns];
        for (var round = 0; round < Rounds; round++)
        {
            SolveWeighted(u, target, denominator, solution);
            RenewDenominator(u, solution, denominator);
        }

        var (b0, b1, b2) = MinimumPhase(solution[0], solution[1], solution[2]);
        var (a0, a1, a2) = MinimumPhase(1, solution[3], solution[4]);
        return new BiquadSection(b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0);
    }

    /// <summary>Least squares of (n0 + n1 u + n2 u^2) - target (1 + d1 u + d2 u^2), relative to target and last denominator.</summary>
    private static void SolveWeighted(
        ReadOnlySpan<double> u, ReadOnlySpan<double> target, ReadOnlySpan<double> denominator, Span<double> solution)
    {
        // The normal equations, with the right side as the last column.
        Span<double> matrix = stackalloc double[Unknowns * (Unknowns + 1)];
        matrix.Clear();
        Span<double> row = stackalloc double[Unknowns + 1];
        for (var k = 0; k < u.Length; k++)
        {
            var t = target[k];
            row[0] = 1;
            row[1] = u[k];
            row[2] = u[k] * u[k];
            row[3] = -t * u[k];
            row[4] = -t * u[k] * u[k];
            row[5] = t;
            var scale = 1 / Math.Pow(t * denominator[k], 2);
            for (var i = 0; i < Unknowns; i++)
            {
                for (var j = 0; j <= Unknowns; j++)
                {
                    matrix[i * (Unknowns + 1) + j] += scale * row[i] * row[j];
                }
            }
        }

        LinearEquations.Solve(matrix, solution);
    }

    private static void RenewDenominator(ReadOnlySpan<double> u, ReadOnlySpan<double> solution, Span<double> denominator)
    {
        for (var k = 0; k < u.Length; k++)
        {
            denominator[k] = 1 + u[k] * (solution[3] + u[k] * solution[4]);
        }
    }

    /// <summary>The polynomial in z^-1, zeros inside the unit circle, whose power is q0 + q1 u + q2 u^2.</summary>
    private static (double C0, double C1, double C2) MinimumPhase(double q0, double q1, double q2)
    {
        var atZero = Math.Sqrt(q0);
        var atNyquist = Math.Sqrt(q0 + q1 + q2);
        var outer = (atZero + atNyquist) / 2;
        var spread = Math.Sqrt(outer * outer - q2 / 4);
        return ((outer + spread) / 2, (atZero - atNyquist) / 2, (outer - spread) / 2);
    }
}
