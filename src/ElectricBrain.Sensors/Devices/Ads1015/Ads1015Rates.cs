namespace ElectricBrain.Sensors.Devices.Ads1015;

/// <summary>The codes of the field DR as conversions per second.</summary>
internal static class Ads1015Rates
{
    public static int PerSecond(this Ads1015Rate rate) => rate switch
    {
        Ads1015Rate.Sps128 => 128,
        Ads1015Rate.Sps250 => 250,
        Ads1015Rate.Sps490 => 490,
        Ads1015Rate.Sps920 => 920,
        Ads1015Rate.Sps2400 => 2400,
        Ads1015Rate.Sps3300 => 3300,
        _ => 1600,
    };

    public static int PerSecond(this Ads1115Rate rate) => rate switch
    {
        Ads1115Rate.Sps8 => 8,
        Ads1115Rate.Sps16 => 16,
        Ads1115Rate.Sps32 => 32,
        Ads1115Rate.Sps64 => 64,
        Ads1115Rate.Sps250 => 250,
        Ads1115Rate.Sps475 => 475,
        Ads1115Rate.Sps860 => 860,
        _ => 128,
    };
}
