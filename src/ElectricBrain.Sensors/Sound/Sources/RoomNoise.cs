using ElectricBrain.Sensors.Sound.Filters;
using ElectricBrain.Sensors.Sound.Weighting;

namespace ElectricBrain.Sensors.Sound.Sources;

/// <summary>Noise as rooms have it: less towards high frequencies, with an A-weighted effective value of 1. Repeatable.</summary>
internal sealed class RoomNoise
{
    private const double CornerHertz = 400;

    // Uniform noise between -1 and 1.
    private const double WhitePower = 1.0 / 3;

    private readonly double _pole;
    private readonly double _gain;
    private ulong _random;
    private double _state;

    public RoomNoise(int seed, int sampleRate)
    {
        _random = unchecked((ulong)seed * 0xD1B54A32D192ED03);
        _pole = Math.Exp(-Math.Tau * CornerHertz / sampleRate);
        var lowPass = new BiquadSection(1 - _pole, 0, 0, -_pole, 0);
        _gain = 1 / Math.Sqrt(WhitePower * MeanWeightedPower(lowPass, sampleRate));
    }

    /// <summary>The next sample.</summary>
    public double Next()
    {
        // SplitMix64 (Steele, Lea, Flood 2014).
        _random = unchecked(_random + 0x9E3779B97F4A7C15);
        var x = _random;
        x = unchecked((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9);
        x = unchecked((x ^ (x >> 27)) * 0x94D049BB133111EB);
        x ^= x >> 31;
        var white = (x >> 11) * (2.0 / (1L << 53)) - 1;
        _state = (1 - _pole) * white + _pole * _state;
        return _gain * _state;
    }

    /// <summary>The mean of response and A-weighting over all frequencies: what is left of white noise.</summary>
    private static double MeanWeightedPower(BiquadSection section, int sampleRate)
    {
        const int Points = 4000;
        var sum = 0.0;
        for (var k = 0; k < Points; k++)
        {
            var radians = Math.PI * (k + 0.5) / Points;
            sum += section.PowerAt(radians) * WeightingCurve.PowerAt(FrequencyWeighting.A, radians * sampleRate / Math.Tau);
        }

        return sum / Points;
    }
}
