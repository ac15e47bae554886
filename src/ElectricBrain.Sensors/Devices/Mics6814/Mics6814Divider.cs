using ElectricBrain.Sensors.Devices.Ads1015;

namespace ElectricBrain.Sensors.Devices.Mics6814;

/// <summary>Each element lies between its pin and ground, with a load resistor of 56 kΩ to the supply of 3.3 V above it.</summary>
internal static class Mics6814Divider
{
    public const double SupplyVolts = 3.3;
    public const double LoadOhms = 56_000;

    /// <summary>Below, wires and the converter's offset count more than the element; above, one step of the converter is 5 %.</summary>
    public const double MinimumOhms = 100;
    public const double MaximumOhms = 5_000_000;

    /// <summary>The resistance, or null for a voltage that no working element gives. From the supply on upwards the quotient is infinite or negative.</summary>
    public static double? Ohms(double? volts) =>
        volts * LoadOhms / (SupplyVolts - volts) is { } ohms and >= MinimumOhms and <= MaximumOhms ? ohms : null;

    public static double Volts(double ohms) => SupplyVolts * ohms / (ohms + LoadOhms);

    /// <summary>The most sensitive range that leaves room for the next value to be a third larger.</summary>
    public static Ads1015Range RangeFor(double? volts) => volts switch
    {
        >= 0 and < 0.19 => Ads1015Range.Mv256,
        >= 0 and < 0.38 => Ads1015Range.Mv512,
        >= 0 and < 0.76 => Ads1015Range.Mv1024,
        >= 0 and < 1.53 => Ads1015Range.Mv2048,
        _ => Ads1015Range.Mv4096,
    };
}
