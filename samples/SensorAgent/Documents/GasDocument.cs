using ElectricBrain.Sensors.Devices.Mics6814;

namespace ElectricBrain.Samples.SensorAgent.Documents;

/// <summary>The gas sensor as JSON. Concentrations are hints: no element tells one gas from another.</summary>
/// <param name="WarmingUp">Whether its heater has not been on for ten minutes; there are no ratios yet.</param>
/// <param name="Reducing">Falls with carbon monoxide, hydrogen, ethanol and methane.</param>
/// <param name="Oxidising">Rises with nitrogen dioxide.</param>
/// <param name="Ammonia">Falls with ammonia, propane and butane.</param>
internal sealed record GasDocument(bool WarmingUp, GasElementDocument Reducing, GasElementDocument Oxidising, GasElementDocument Ammonia)
{
    public static GasDocument From(in Mics6814Reading reading) => new(
        reading.IsWarmingUp,
        new GasElementDocument(reading.Reducing, reading.IndicativePpm(Mics6814Gas.CarbonMonoxide)),
        new GasElementDocument(reading.Oxidising, reading.IndicativePpm(Mics6814Gas.NitrogenDioxide)),
        new GasElementDocument(reading.Ammonia, reading.IndicativePpm(Mics6814Gas.Ammonia)));
}
