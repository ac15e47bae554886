using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>
/// What the readings of a time come to. Windows begin at whole multiples of their length in UTC, counted from midnight of
/// 1 January of the year 1, a Monday: those of a minute at the full minute, those of a day at midnight, and those of all hats alike.
/// </summary>
public sealed class EnviroWindow
{
    private readonly SampleStatistics?[] _statistics;

    internal EnviroWindow(SampleStatistics?[] statistics) => _statistics = statistics;

    /// <summary>Where it begins, inclusive.</summary>
    public DateTimeOffset Start { get; init; }

    /// <summary>Its length.</summary>
    public TimeSpan Length { get; init; }

    /// <summary>Where it ends, exclusive.</summary>
    public DateTimeOffset End => Start + Length;

    /// <summary>
    /// Whether it was sampled from its beginning to its end. It was not when the subscription began or the sampler stopped within
    /// it, when no reading was taken for as long as two windows, and when the clock was set, or the machine slept, within it.
    /// </summary>
    public bool IsComplete { get; init; }

    /// <summary>The readings in it, those without values included.</summary>
    public long Readings { get; init; }

    /// <summary>Whether values in it come from a simulation.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>The equivalent sound level of the whole window in dB re 20 µPa: the mean of the energy, not of the levels. Null without one.</summary>
    public double? EquivalentSoundLevelDecibels { get; init; }

    /// <summary>The statistics of a quantity; null without any value.</summary>
    public SampleStatistics? this[EnviroQuantity quantity] => _statistics[(int)quantity];
}
