namespace ElectricBrain.Sensors.Devices.Mics6814;

/// <summary>What a MiCS-6814 smells. The resistances are measured; concentrations are derived from them and are indicative only.</summary>
/// <param name="Oxidising">The element for oxidising gases; its resistance rises with NO2.</param>
/// <param name="Reducing">The element for reducing gases; its resistance falls with CO, hydrogen, ethanol and methane.</param>
/// <param name="Ammonia">The element for ammonia; its resistance falls with NH3, propane and butane.</param>
/// <param name="IsWarmingUp">Whether the heater has not been on for long enough; there are no ratios yet.</param>
public readonly record struct Mics6814Reading(Mics6814Element Oxidising, Mics6814Element Reducing, Mics6814Element Ammonia, bool IsWarmingUp)
{
    /// <summary>
    /// The concentration of a gas in ppm if it alone were there, at 25 °C and 50 % humidity. No element tells one gas from another,
    /// so this is a hint, not a measurement.
    /// </summary>
    /// <param name="gas">The gas that is thought to be there.</param>
    /// <returns>Null without a ratio, and outside the range of <see cref="Mics6814Gas"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The gas is not one of the enumeration.</exception>
    public double? IndicativePpm(Mics6814Gas gas)
    {
        var element = gas switch
        {
            Mics6814Gas.NitrogenDioxide => Oxidising,
            Mics6814Gas.Ammonia or Mics6814Gas.Propane or Mics6814Gas.IsoButane => Ammonia,
            _ => Reducing,
        };
        return Mics6814Curve.Of(gas).PpmWithin(element.Ratio);
    }
}
