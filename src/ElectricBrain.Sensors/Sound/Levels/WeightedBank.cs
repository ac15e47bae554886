using System.Numerics;
using ElectricBrain.Sensors.Sound.Filters;
using ElectricBrain.Sensors.Sound.Weighting;

namespace ElectricBrain.Sensors.Sound.Levels;

/// <summary>The weightings A, C and Z of a signal and their levels, as many at once as the machine has lanes.</summary>
internal sealed class WeightedBank
{
    private static readonly FrequencyWeighting[] Weightings = Enum.GetValues<FrequencyWeighting>();

    private readonly FilterLanes[] _filters;
    private readonly LevelDetector[] _detectors;
    private readonly Vector<double>[] _weighted;

    public WeightedBank(int sampleRate, int blockLength)
    {
        _filters = [.. Weightings.Select(weighting => WeightingFilter.Design(weighting, sampleRate)).Chunk(FilterLanes.Count).Select(group => new FilterLanes(group))];
        _detectors = [.. _filters.Select(_ => new LevelDetector(sampleRate))];
        _weighted = new Vector<double>[blockLength];
    }

    /// <summary>The power A, fast, now.</summary>
    public double FastA => _detectors[0].Fast((int)FrequencyWeighting.A);

    /// <summary>Takes the next samples.</summary>
    /// <param name="samples">At most a block.</param>
    /// <param name="detect">Whether they count, or only let the filters settle.</param>
    public void Add(ReadOnlySpan<double> samples, bool detect)
    {
        var weighted = _weighted.AsSpan(0, samples.Length);
        for (var group = 0; group < _filters.Length; group++)
        {
            _filters[group].Process(samples, weighted);
            if (detect)
            {
                _detectors[group].Add(weighted);
            }
        }
    }

    /// <summary>The levels of the interval.</summary>
    public WeightedLevels Levels(FrequencyWeighting weighting, long samples, LevelScale scale) =>
        _detectors[(int)weighting / FilterLanes.Count].Levels((int)weighting % FilterLanes.Count, samples, scale);

    /// <inheritdoc cref="LevelDetector.StartInterval"/>
    public void StartInterval()
    {
        foreach (var detector in _detectors)
        {
            detector.StartInterval();
        }
    }

    /// <inheritdoc cref="LevelDetector.Settle"/>
    public void Settle(int samples)
    {
        foreach (var detector in _detectors)
        {
            detector.Settle(samples);
        }
    }

    /// <summary>Forgets all sound.</summary>
    public void Reset()
    {
        for (var group = 0; group < _filters.Length; group++)
        {
            _filters[group].Reset();
            _detectors[group].Reset();
        }
    }
}
