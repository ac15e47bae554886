namespace ElectricBrain.Sensors.Devices.Ads1015;

/// <summary>Register map (ADS1015 datasheet SBAS473, section 8.6; ADS1115 datasheet SBAS444). Registers have 16 bits, high byte first.</summary>
internal static class Ads1015Registers
{
    public const byte Conversion = 0;
    public const byte Config = 1;
    public const byte LowThreshold = 2;
    public const byte HighThreshold = 3;

    public const ushort ConfigAfterReset = 0x8583;
    public const ushort LowThresholdAfterReset = 0x8000;
    public const ushort HighThresholdAfterReset = 0x7FFF;

    /// <summary>Written 1 it starts a conversion; read 0 it says that one is running.</summary>
    public const ushort Start = 0x8000;
    public const int InputShift = 12;
    public const int RangeShift = 9;
    public const ushort SingleShot = 0x0100;
    public const int RateShift = 5;
    public const ushort WindowMode = 0x0010;
    public const ushort ActiveHigh = 0x0008;
    public const ushort Latching = 0x0004;
    public const ushort ComparatorOff = 0x0003;

    /// <summary>The low four bits of every value: the ADS1015 has 12 bits, left-justified.</summary>
    public const ushort Extension = 0x000F;

    /// <summary>Thresholds whose sign bits say that the pin tells finished conversions.</summary>
    public const ushort ReadyLowThreshold = 0x0000;
    public const ushort ReadyHighThreshold = 0x8000;

    public static ushort ConfigOf(Ads1015Settings settings, Ads1015Model model, Ads1015Input input, Ads1015Range range) => (ushort)(
        (int)input << InputShift
        | (int)range << RangeShift
        | (model == Ads1015Model.Ads1115 ? (int)settings.Ads1115Rate : (int)settings.Rate) << RateShift
        | ComparatorOf(settings.Comparator));

    private static int ComparatorOf(Ads1015Comparator? comparator) => comparator is null
        ? ComparatorOff
        : (comparator.Mode == Ads1015ComparatorMode.Window ? WindowMode : 0)
            | (comparator.ActiveHigh ? ActiveHigh : 0)
            | (comparator.Latching ? Latching : 0)
            | (int)comparator.Queue;
}
