using System.Numerics;
using System.Runtime.CompilerServices;

namespace ElectricBrain.Sensors.Sound.Filters;

/// <summary>
/// Several filters over one signal, one a lane of a vector. A recursive filter must wait for its last output, so lanes gain what
/// a longer vector along the time could not. Double precision: the poles of the low frequencies are 0.0003 from the unit circle.
/// </summary>
internal sealed class FilterLanes
{
    /// <summary>The most sections that a cascade may have.</summary>
    public const int MaximumSections = 4;

    private readonly Coefficients _first;
    private readonly Coefficients _second;
    private readonly Coefficients _third;
    private readonly Coefficients _fourth;
    private State _state;

    /// <summary>Creates the filters, at rest.</summary>
    /// <param name="cascades">Up to <see cref="Count"/> cascades; lanes without one stay zero.</param>
    public FilterLanes(ReadOnlySpan<BiquadSection[]> cascades)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cascades.Length, Count);
        _first = new Coefficients(cascades, 0);
        _second = new Coefficients(cascades, 1);
        _third = new Coefficients(cascades, 2);
        _fourth = new Coefficients(cascades, MaximumSections - 1);
    }

    /// <summary>Filters that are computed at once on this machine.</summary>
    public static int Count => Vector<double>.Count;

    /// <summary>Filters the next samples.</summary>
    public void Process(ReadOnlySpan<double> input, Span<Vector<double>> output)
    {
        var (first, second, third, fourth, state) = (_first, _second, _third, _fourth, _state);
        output = output[..input.Length];
        for (var n = 0; n < input.Length; n++)
        {
            var signal = new Vector<double>(input[n]);
            signal = first.Filter(signal, ref state.First1, ref state.First2);
            signal = second.Filter(signal, ref state.Second1, ref state.Second2);
            signal = third.Filter(signal, ref state.Third1, ref state.Third2);
            output[n] = fourth.Filter(signal, ref state.Fourth1, ref state.Fourth2);
        }

        _state = state;
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
                var cascade = cascades[lane];
                var coefficients = section < cascade.Length ? cascade[section] : BiquadSection.Identity;
                B0 = B0.WithElement(lane, coefficients.B0);
                B1 = B1.WithElement(lane, coefficients.B1);
                B2 = B2.WithElement(lane, coefficients.B2);
                MinusA1 = MinusA1.WithElement(lane, -coefficients.A1);
                MinusA2 = MinusA2.WithElement(lane, -coefficients.A2);
            }
        }

        /// <summary>One sample through the section, in the transposed direct form II.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<double> Filter(Vector<double> input, ref Vector<double> state1, ref Vector<double> state2)
        {
            var output = Vector.MultiplyAddEstimate(B0, input, state1);
            state1 = Vector.MultiplyAddEstimate(MinusA1, output, Vector.MultiplyAddEstimate(B1, input, state2));
            state2 = Vector.MultiplyAddEstimate(MinusA2, output, B2 * input);
            return output;
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
        public Vector<double> Fourth1;
        public Vector<double> Fourth2;
    }
}
