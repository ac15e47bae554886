using System.Numerics;

namespace ElectricBrain.Sensors.Sound.Filters;

/// <summary>
/// Several filters over one signal, one a lane of a vector. A recursive filter must wait for its last output, so lanes gain what
/// a longer vector along the time could not. Double precision: the poles of the low frequencies are 0.0003 from the unit circle.
/// </summary>
internal sealed class FilterLanes
{
    private const int Sections = 3;

    private readonly Coefficients _first;
    private readonly Coefficients _second;
    private readonly Coefficients _third;
    private State _state;

    /// <summary>Creates the filters, at rest.</summary>
    /// <param name="cascades">Up to <see cref="Count"/> cascades of three sections; lanes without one stay zero.</param>
    public FilterLanes(ReadOnlySpan<BiquadSection[]> cascades)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cascades.Length, Count);
        _first = new Coefficients(cascades, 0);
        _second = new Coefficients(cascades, 1);
        _third = new Coefficients(cascades, Sections - 1);
    }

    /// <summary>Filters that are computed at once on this machine.</summary>
    public static int Count => Vector<double>.Count;

    /// <summary>Filters the next samples.</summary>
    public void Process(ReadOnlySpan<double> input, Span<Vector<double>> output)
    {
        var (a, b, c, s) = (_first, _second, _third, _state);
        output = output[..input.Length];
        for (var n = 0; n < input.Length; n++)
        {
            // Transposed direct form II, three times.
            var x = new Vector<double>(input[n]);
            var y = Vector.MultiplyAddEstimate(a.B0, x, s.First1);
            s.First1 = Vector.MultiplyAddEstimate(a.MinusA1, y, Vector.MultiplyAddEstimate(a.B1, x, s.First2));
            s.First2 = Vector.MultiplyAddEstimate(a.MinusA2, y, a.B2 * x);
            var z = Vector.MultiplyAddEstimate(b.B0, y, s.Second1);
            s.Second1 = Vector.MultiplyAddEstimate(b.MinusA1, z, Vector.MultiplyAddEstimate(b.B1, y, s.Second2));
            s.Second2 = Vector.MultiplyAddEstimate(b.MinusA2, z, b.B2 * y);
            var w = Vector.MultiplyAddEstimate(c.B0, z, s.Third1);
            s.Third1 = Vector.MultiplyAddEstimate(c.MinusA1, w, Vector.MultiplyAddEstimate(c.B1, z, s.Third2));
            s.Third2 = Vector.MultiplyAddEstimate(c.MinusA2, w, c.B2 * z);
            output[n] = w;
        }

        _state = s;
    }

    /// <summary>Brings the filters to rest.</summary>
    public void Reset() => _state = default;

    private readonly struct Coefficients
    {
        public readonly Vector<double> B0;
        public readonly Vector<double> B1;
        public readonly Vector<double> B2;
        public readonly Vector<double> MinusA1;
        public readonly Vector<double> MinusA2;

        public Coefficients(ReadOnlySpan<BiquadSection[]> cascades, int section)
        {
            for (var lane = 0; lane < cascades.Length; lane++)
            {
                var coefficients = cascades[lane][section];
                B0 = B0.WithElement(lane, coefficients.B0);
                B1 = B1.WithElement(lane, coefficients.B1);
                B2 = B2.WithElement(lane, coefficients.B2);
                MinusA1 = MinusA1.WithElement(lane, -coefficients.A1);
                MinusA2 = MinusA2.WithElement(lane, -coefficients.A2);
            }
        }
    }

    private struct State
    {
        public Vector<double> First1;
        public Vector<double> First2;
        public Vector<double> Second1;
        public Vector<double> Second2;
        public Vector<double> Third1;
        public Vector<double> Third2;
    }
}
