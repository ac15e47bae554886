using ElectricBrain.Sensors.Devices.Mics6814;

namespace ElectricBrain.Sensors.Simulation.Scenes;

/// <summary>The gases around a simulated hat.</summary>
/// <param name="CarbonMonoxidePpm">Carbon monoxide in ppm.</param>
/// <param name="NitrogenDioxidePpm">Nitrogen dioxide in ppm.</param>
/// <param name="AmmoniaPpm">Ammonia in ppm.</param>
public readonly record struct GasConcentrations(double CarbonMonoxidePpm, double NitrogenDioxidePpm, double AmmoniaPpm)
{
    /// <summary>Air in which a gas sensor has its reference resistances.</summary>
    public static GasConcentrations CleanAir { get; } = new(
        Mics6814Curve.Of(Mics6814Gas.CarbonMonoxide).Ppm(1),
        Mics6814Curve.Of(Mics6814Gas.NitrogenDioxide).Ppm(1),
        Mics6814Curve.Of(Mics6814Gas.Ammonia).Ppm(1));
}
