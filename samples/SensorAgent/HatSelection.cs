using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Sensors.Buses.Local;
using ElectricBrain.Sensors.Enviro;

namespace ElectricBrain.Samples.SensorAgent;

/// <summary>Which hat to open.</summary>
/// <param name="BusId">The bus; without meaning for a simulated hat.</param>
/// <param name="SimulatedSince">Why the hat is simulated; null for a real one.</param>
internal sealed record HatSelection(int BusId, string? SimulatedSince)
{
    /// <summary>
    /// The hat that the options ask for. A bus that was named has to be there; only a machine without the header's bus gets the
    /// simulated hat by itself.
    /// </summary>
    public static HatSelection From(AgentOptions options) => options switch
    {
        { Simulate: true } => new(LocalHeaderOptions.DefaultI2cBus, "--simulate was given."),
        { Bus: { } bus } => new(bus, null),
        _ when EnviroHat.IsBusPresent() => new(LocalHeaderOptions.DefaultI2cBus, null),
        _ => new(LocalHeaderOptions.DefaultI2cBus, "this machine has no I2C bus."),
    };

    public void Apply(EnviroHatOptions options)
    {
        options.Header.I2cBus = BusId;
        options.Simulate = SimulatedSince is not null;
    }
}
