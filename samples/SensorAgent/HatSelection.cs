using System.Globalization;
using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Sensors.Buses.Local;
using ElectricBrain.Sensors.Buses.Rgpiod;
using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Sound.Levels;

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

    /// <summary>What is asked of the hat. The simulated one has every sensor, and its heat is known.</summary>
    public EnviroHatOptions Configure(AgentOptions options, HatCalibrations calibrations)
    {
        var isSimulated = SimulatedSince is not null;
        var hat = new EnviroHatOptions();
        hat.Header.I2cBus = BusId;
        hat.RemoteHeader = Remote is null ? null : new RgpiodHeaderOptions { Host = Remote.Host, Port = Remote.Port, I2cBus = BusId };
        hat.Simulate = isSimulated;
        hat.Board = options.Board;
        hat.Pms5003 = options.Particles || (isSimulated && options.Board != EnviroBoard.EnviroMini) ? new Pms5003Settings() : null;
        hat.Sound = options.Sound || isSimulated ? new SoundLevelMeterOptions() : null;
        hat.AltitudeMetres = options.AltitudeMetres;
        hat.HeatCompensation = calibrations.Heat ?? (isSimulated ? SimulatedEnviro.HeatCompensation : null);
        hat.Mics6814 = hat.Mics6814! with { Calibration = calibrations.Gas };
        return hat;
    }
}
