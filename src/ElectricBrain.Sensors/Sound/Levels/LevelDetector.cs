using System.Numerics;

namespace ElectricBrain.Sensors.Sound.Levels;

/// <summary>
/// Mean and time-weighted powers of a few weighted signals, one a lane. The time weightings are exponential means of the square of
/// the signal (IEC 61672-1, 3.8); I holds its maximum and lets it sink.
/// </summary>
internal sealed class LevelDetector(int sampleRate)
{
    private readonly Vector<double> _fastShare = Share(0.125, sampleRate);
    private readonly Vector<double> _slowShare = Share(1, sampleRate);
    private readonly Vector<double> _impulseShare = Share(0.035, sampleRate);
    private readonly Vector<double> _impulseDecay = Vector<double>.One - Share(1.5, sampleRate);
    private State _state;
    private Extremes _extremes = Extremes.None;
    private Vector<double> _sum;

    /// <summary>Takes the next samples.</summary>
    public void Add(ReadOnlySpan<Vector<double>> signal)
    {
        var (s, e, sum) = (_state, _extremes, _sum);
        var (fastShare, slowShare, impulseShare, impulseDecay) = (_fastShare, _slowShare, _impulseShare, _impulseDecay);
        foreach (var sample in signal)
        {
            var power = sample * sample;
            sum += power;
            s.Fast = Vector.MultiplyAddEstimate(fastShare, power - s.Fast, s.Fast);
            s.Slow = Vector.MultiplyAddEstimate(slowShare, power - s.Slow, s.Slow);
            s.Rise = Vector.MultiplyAddEstimate(impulseShare, power - s.Rise, s.Rise);
            s.Impulse = Vector.MaxNative(s.Rise, s.Impulse * impulseDecay);
            e.FastMaximum = Vector.MaxNative(e.FastMaximum, s.Fast);
            e.FastMinimum = Vector.MinNative(e.FastMinimum, s.Fast);
            e.SlowMaximum = Vector.MaxNative(e.SlowMaximum, s.Slow);
            e.SlowMinimum = Vector.MinNative(e.SlowMinimum, s.Slow);
            e.ImpulseMaximum = Vector.MaxNative(e.ImpulseMaximum, s.Impulse);
            e.ImpulseMinimum = Vector.MinNative(e.ImpulseMinimum, s.Impulse);
        }

        (_state, _extremes, _sum) = (s, e, sum);
    }

    /// <summary>The power with time weighting F now.</summary>
    public double Fast(int lane) => _state.Fast[lane];

    /// <summary>The levels of the interval.</summary>
    /// <param name="lane">The signal.</param>
    /// <param name="samples">Samples of the interval.</param>
    /// <param name="scale">From power to level.</param>
    public WeightedLevels Levels(int lane, long samples, LevelScale scale) => new(
        scale.Level(_sum[lane] / samples),
        scale.Level(_state.Fast[lane], _extremes.FastMaximum[lane], _extremes.FastMinimum[lane]),
        scale.Level(_state.Slow[lane], _extremes.SlowMaximum[lane], _extremes.SlowMinimum[lane]),
        scale.Level(_state.Impulse[lane], _extremes.ImpulseMaximum[lane], _extremes.ImpulseMinimum[lane]));

    /// <summary>Starts an interval.</summary>
    public void StartInterval()
    {
        _extremes = Extremes.None;
        _sum = default;
    }

    /// <summary>Lets the time weightings start from the mean of what was taken, in place of rising from silence.</summary>
    public void Settle(int samples)
    {
        var mean = _sum / samples;
        _state = new State { Fast = mean, Slow = mean, Rise = mean, Impulse = mean };
    }

    /// <summary>Forgets all sound.</summary>
    public void Reset()
    {
        _state = default;
        StartInterval();
    }

    /// <summary>What a new sample contributes to an exponential mean.</summary>
    private static Vector<double> Share(double seconds, int sampleRate) => new(-Math.Exp(-1 / (seconds * sampleRate)) + 1);

    private struct State
    {
        public Vector<double> Fast;
        public Vector<double> Slow;
        public Vector<double> Rise;
        public Vector<double> Impulse;
    }

    private struct Extremes
    {
        public Vector<double> FastMaximum;
        public Vector<double> FastMinimum;
        public Vector<double> SlowMaximum;
        public Vector<double> SlowMinimum;
        public Vector<double> ImpulseMaximum;
        public Vector<double> ImpulseMinimum;

        public static Extremes None => new()
        {
            FastMinimum = new Vector<double>(double.MaxValue),
            SlowMinimum = new Vector<double>(double.MaxValue),
            ImpulseMinimum = new Vector<double>(double.MaxValue),
        };
    }
}
