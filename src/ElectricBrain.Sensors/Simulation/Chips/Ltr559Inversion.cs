using ElectricBrain.Sensors.Devices.Ltr559;

namespace ElectricBrain.Sensors.Simulation.Chips;

/// <summary>Illuminance to the counts that an LTR-559 shows in daylight: the lux formula, solved backwards.</summary>
internal static class Ltr559Inversion
{
    /// <summary>Share of channel 1 in both channels; below 0.45 one formula holds throughout.</summary>
    private const double InfraredShare = 0.3;
    private const double Ratio = InfraredShare / (1 - InfraredShare);

    public static (ushort Channel0, ushort Channel1) Counts(double lux, Ltr559Gain gain, int integrationMilliseconds)
    {
        var weighted = Math.Max(0, lux) * Ltr559Illuminance.Factor(gain) * integrationMilliseconds / 100;
        var channel1 = Math.Floor(weighted * Ratio / (1.7743 + 1.1059 * Ratio));
        var channel0 = Math.Round((weighted - 1.1059 * channel1) / 1.7743);
        return ((ushort)Math.Min(channel0, ushort.MaxValue), (ushort)Math.Min(channel1, ushort.MaxValue));
    }
}
