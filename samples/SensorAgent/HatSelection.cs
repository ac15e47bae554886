using System.Globalization;
using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Sensors.Buses.Local;
using ElectricBrain.Sensors.Buses.Rgpiod;
using ElectricBrain.Sensors.Enviro;

namespace ElectricBrain.Samples.SensorAgent;

/// <summary>Which hat to open.</summary>
/// <param name="BusId">The bus; without meaning for a simulated hat.</param>
/// <param name="Remote">The machine that the hat sits on; null for this one.</param>
/// <param name="SimulatedSince">Why the hat is simulated; null for a real one.</param>
internal sealed record HatSelection(int BusId, RemoteHeader? Remote = null, string? SimulatedSince = null)
{
    /// <summary>Where the hat is, for people; null for this machine.</summary>
    public string? RemoteName => Remote is null ? null : string.Create(CultureInfo.InvariantCulture, $"{Remote.Host}:{Remote.Port}");

    /// <summary>
    /// The hat that the options ask for. A machine or bus that was named has to be there; only a machine without the header's bus
    /// gets the simulated hat by itself.
    /// </summary>
    public static HatSelection From(AgentOptions options)
    {
        var bus = options.Bus ?? LocalHeaderOptions.DefaultI2cBus;
        return options switch
        {
            { Simulate: true } => new(bus, SimulatedSince: "--simulate was given."),
            { Header: { } remote } => new(bus, remote),
            { Bus: not null } => new(bus),
            _ when EnviroHat.IsBusPresent() => new(bus),
            _ => new(bus, SimulatedSince: "this machine has no I2C bus."),
        };
    }

    public void Apply(EnviroHatOptions options)
    {
        options.Header.I2cBus = BusId;
        options.RemoteHeader = Remote is null ? null : new RgpiodHeaderOptions { Host = Remote.Host, Port = Remote.Port, I2cBus = BusId };
        options.Simulate = SimulatedSince is not null;
    }
}
