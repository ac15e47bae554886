namespace ElectricBrain.Sensors.Devices.Mics6814;

/// <summary>
/// How the resistance of an element follows a gas: ppm = factor * ratio^exponent. The factors and exponents are the power laws
/// that the common Arduino drivers of this sensor read off the datasheet's curves (25 °C, 50 % humidity, one gas alone); the
/// limits are the datasheet's detection ranges. Where it says only "above 1,000 ppm" we stop at 10,000.
/// </summary>
internal readonly record struct Mics6814Curve(double Factor, double Exponent, double MinimumPpm, double MaximumPpm)
{
    public static Mics6814Curve Of(Mics6814Gas gas) => gas switch
    {
        Mics6814Gas.CarbonMonoxide => new(4.385, -1.179, 1, 1_000),
        Mics6814Gas.NitrogenDioxide => new(1 / 6.855, 1.007, 0.05, 10),
        Mics6814Gas.Ammonia => new(1 / 1.47, -1.67, 1, 500),
        Mics6814Gas.Ethanol => new(1.622, -1.552, 10, 500),
        Mics6814Gas.Hydrogen => new(0.73, -1.8, 1, 1_000),
        Mics6814Gas.Methane => new(630.957, -4.363, 1_000, 10_000),
        Mics6814Gas.Propane => new(570.164, -2.518, 1_000, 10_000),
        Mics6814Gas.IsoButane => new(398.107, -2.138, 1_000, 10_000),
        _ => throw new ArgumentOutOfRangeException(nameof(gas), gas, null),
    };

    public double Ppm(double ratio) => Factor * Math.Pow(ratio, Exponent);

    /// <summary>The ratio at a concentration.</summary>
    public double Ratio(double ppm) => Math.Pow(ppm / Factor, 1 / Exponent);

    /// <summary>The concentration, or null outside the range that the curve holds in.</summary>
    public double? PpmWithin(double? ratio) => ratio is { } value && Ppm(value) is var ppm && ppm >= MinimumPpm && ppm <= MaximumPpm ? ppm : null;
}
