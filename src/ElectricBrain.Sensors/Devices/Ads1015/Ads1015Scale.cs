namespace ElectricBrain.Sensors.Devices.Ads1015;

/// <summary>Register values to volts and back. A register holds two's complement; the ADS1015 uses its upper 12 bits.</summary>
internal static class Ads1015Scale
{
    public static double FullScaleVolts(this Ads1015Range range) => range switch
    {
        Ads1015Range.Mv4096 => 4.096,
        Ads1015Range.Mv2048 => 2.048,
        Ads1015Range.Mv1024 => 1.024,
        Ads1015Range.Mv512 => 0.512,
        Ads1015Range.Mv256 => 0.256,
        _ => 6.144,
    };

    public static int Bits(this Ads1015Model model) => model == Ads1015Model.Ads1115 ? 16 : 12;

    /// <summary>A conversion as the reading of it.</summary>
    public static Ads1015Reading Decode(ushort register, Ads1015Model model, Ads1015Input input, Ads1015Range range)
    {
        var bits = model.Bits();
        var counts = (short)register >> (16 - bits);
        var end = 1 << (bits - 1);
        double? volts = counts == end - 1 || counts == -end ? null : counts * range.FullScaleVolts() / end;
        return new Ads1015Reading(input, range, counts, volts);
    }

    /// <summary>The register value of a voltage, the nearest step, held within the range.</summary>
    public static ushort Encode(double volts, Ads1015Model model, Ads1015Range range)
    {
        var bits = model.Bits();
        var end = 1 << (bits - 1);
        var counts = (int)Math.Clamp(Math.Round(volts / range.FullScaleVolts() * end), -end, end - 1);
        return (ushort)(counts << (16 - bits));
    }
}
