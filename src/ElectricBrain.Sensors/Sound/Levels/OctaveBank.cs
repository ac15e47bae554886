using System.Numerics;
using ElectricBrain.Sensors.Sound.Filters;

namespace ElectricBrain.Sensors.Sound.Levels;

/// <summary>The octave bands of a signal: middle frequencies of the base ten system, Butterworth filters of eighth order (class 1 of IEC 61260-1).</summary>
internal sealed class OctaveBank
{
    private const int Bands = 10;
    private const double MiddleOfFirst = -15; // 10^(-15/10) kHz = 31.6 Hz
    private const double PerOctave = 3;

    private readonly FilterLanes[] _filters;
    private readonly Vector<double>[] _sums;
    private readonly Vector<double>[] _filtered;
    private readonly int _bands;

    public OctaveBank(int sampleRate, int blockLength)
    {
        var designs = new List<BiquadSection[]>(Bands);
        for (var band = 0; band < Bands && Edge(band + 0.5) < sampleRate / 2.0; band++)
        {
            designs.Add(Butterworth.BandPass(Edge(band - 0.5), Edge(band + 0.5), sampleRate));
        }

        _bands = designs.Count;
        _filters = [.. designs.Chunk(FilterLanes.Count).Select(group => new FilterLanes(group))];
        _sums = new Vector<double>[_filters.Length];
        _filtered = new Vector<double>[blockLength];
    }

    /// <inheritdoc cref="WeightedBank.Add"/>
    public void Add(ReadOnlySpan<double> samples, bool detect)
    {
        var filtered = _filtered.AsSpan(0, samples.Length);
        for (var group = 0; group < _filters.Length; group++)
        {
            _filters[group].Process(samples, filtered);
            if (detect)
            {
                var sum = _sums[group];
                foreach (var sample in filtered)
                {
                    sum = Vector.MultiplyAddEstimate(sample, sample, sum);
                }

                _sums[group] = sum;
            }
        }
    }

    /// <summary>The levels of the interval.</summary>
    public OctaveLevels Levels(long samples, LevelScale scale)
    {
        return new OctaveLevels(Level(0), Level(1), Level(2), Level(3), Level(4), Level(5), Level(6), Level(7), Level(8), _bands == Bands ? Level(Bands - 1) : null);

        double Level(int band) => scale.Level(_sums[band / FilterLanes.Count][band % FilterLanes.Count] / samples);
    }

    /// <summary>Starts an interval.</summary>
    public void StartInterval() => Array.Clear(_sums);

    /// <summary>Forgets all sound.</summary>
    public void Reset()
    {
        StartInterval();
        foreach (var filter in _filters)
        {
            filter.Reset();
        }
    }

    private static double Edge(double band) => 1000 * Math.Pow(10, (MiddleOfFirst + PerOctave * band) / 10);
}
