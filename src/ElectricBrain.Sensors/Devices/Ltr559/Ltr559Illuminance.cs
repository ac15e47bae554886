namespace ElectricBrain.Sensors.Devices.Ltr559;

/// <summary>Counts of the two channels to illuminance (LTR-559 datasheet, appendix A).</summary>
internal static class Ltr559Illuminance
{
    /// <summary>Illuminance in lx.</summary>
    /// <param name="channel0">Visible and infrared light.</param>
    /// <param name="channel1">Infrared light.</param>
    /// <param name="gain">Gain of both.</param>
    /// <param name="integrationMilliseconds">Integration time of both.</param>
    public static double FromCounts(int channel0, int channel1, Ltr559Gain gain, int integrationMilliseconds)
    {
        var total = channel0 + channel1;
        if (total == 0)
        {
            return 0;
        }

        // The share of infrared tells daylight and incandescent light from fluorescent, and each has its own sensitivity.
        var weighted = ((double)channel1 / total) switch
        {
            < 0.45 => 1.7743 * channel0 + 1.1059 * channel1,
            < 0.64 => 4.2785 * channel0 - 1.9548 * channel1,
            < 0.85 => 0.5926 * channel0 + 0.1185 * channel1,
            _ => 0,
        };
        return weighted / (Factor(gain) * (integrationMilliseconds / 100.0));
    }

    public static int Factor(Ltr559Gain gain) => gain switch
    {
        Ltr559Gain.X2 => 2,
        Ltr559Gain.X4 => 4,
        Ltr559Gain.X8 => 8,
        Ltr559Gain.X48 => 48,
        Ltr559Gain.X96 => 96,
        _ => 1,
    };
}
