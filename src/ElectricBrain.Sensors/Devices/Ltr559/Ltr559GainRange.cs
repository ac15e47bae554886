namespace ElectricBrain.Sensors.Devices.Ltr559;

/// <summary>Chooses the gain for the light there is: as sensitive as leaves half of the range free, with hysteresis.</summary>
internal static class Ltr559GainRange
{
    public const int FullScale = ushort.MaxValue;
    private const int Comfortable = FullScale / 2;
    private const int Crowded = FullScale * 4 / 5;

    private static ReadOnlySpan<byte> MostSensitiveFirst => [7, 6, 3, 2, 1, 0];

    /// <param name="counts">The larger channel, measured at <paramref name="gain"/>.</param>
    /// <param name="gain">The gain now.</param>
    public static Ltr559Gain Choose(int counts, Ltr559Gain gain)
    {
        if (counts >= FullScale)
        {
            // Saturated counts tell nothing about how bright it is.
            return Ltr559Gain.X1;
        }

        var best = Best(counts, gain);
        return counts > Crowded || Ltr559Illuminance.Factor(best) > Ltr559Illuminance.Factor(gain) ? best : gain;
    }

    private static Ltr559Gain Best(int counts, Ltr559Gain gain)
    {
        foreach (var code in MostSensitiveFirst)
        {
            var candidate = (Ltr559Gain)code;
            if ((long)counts * Ltr559Illuminance.Factor(candidate) <= (long)Comfortable * Ltr559Illuminance.Factor(gain))
            {
                return candidate;
            }
        }

        return Ltr559Gain.X1;
    }
}
