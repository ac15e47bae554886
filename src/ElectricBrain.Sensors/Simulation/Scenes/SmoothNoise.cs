namespace ElectricBrain.Sensors.Simulation.Scenes;

/// <summary>Random but repeatable variation in time: values between -1 and 1, smooth over the period.</summary>
internal readonly struct SmoothNoise(int seed, int channel, TimeSpan period)
{
    public double At(DateTimeOffset time)
    {
        var position = time.UtcTicks / (double)period.Ticks;
        var index = (long)Math.Floor(position);
        var fraction = position - index;
        var weight = fraction * fraction * (3 - 2 * fraction);
        return Lattice(index) * (1 - weight) + Lattice(index + 1) * weight;
    }

    /// <summary>The value at the start of period <paramref name="index"/>.</summary>
    public double Lattice(long index)
    {
        // The finaliser of SplitMix64 (Steele, Lea, Flood 2014) scatters the counter over 64 bits.
        var x = unchecked((ulong)index * 0x9E3779B97F4A7C15 + (ulong)seed * 0xD1B54A32D192ED03 + (ulong)channel * 0x8CB92BA72F3D8DD7);
        x = unchecked((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9);
        x = unchecked((x ^ (x >> 27)) * 0x94D049BB133111EB);
        x ^= x >> 31;
        return (x >> 11) * (2.0 / (1L << 53)) - 1;
    }
}
