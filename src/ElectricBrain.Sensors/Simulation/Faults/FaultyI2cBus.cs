using System.Device.I2c;
using ElectricBrain.Sensors.Simulation.Buses;

namespace ElectricBrain.Sensors.Simulation.Faults;

/// <summary>A bus whose transfers fail as a plan says.</summary>
internal sealed class FaultyI2cBus(I2cBus bus, FaultPlan plan, I2cFaultState wires) : I2cBus
{
    private readonly Dictionary<int, FaultyI2cDevice> _devices = [];

    public override I2cDevice CreateDevice(int deviceAddress)
    {
        var device = new FaultyI2cDevice(bus.CreateDevice(deviceAddress), this, plan);
        _devices[deviceAddress] = device;
        return device;
    }

    public override void RemoveDevice(int deviceAddress)
    {
        _devices.Remove(deviceAddress);
        bus.RemoveDevice(deviceAddress);
    }

    /// <summary>Whether what is below is a simulation.</summary>
    public bool IsSimulated => bus is SimulatedI2cBus;

    /// <summary>Whether the data line is held low; it is one line for all chips.</summary>
    public bool IsStuckLow => plan.IsOngoing(wires.Line, FaultKind.StuckLow);

    public void HoldLow() => wires.Line = plan.Prolong();

    public void TakeAway(int address) => wires.Absences[address] = plan.Prolong();

    /// <summary>Whether a chip is away; one that was and is back starts anew.</summary>
    public bool IsAway(int address)
    {
        if (!wires.Absences.TryGetValue(address, out var absence))
        {
            return false;
        }

        if (plan.IsOngoing(absence, FaultKind.Absence))
        {
            return true;
        }

        wires.Absences.Remove(address);
        PowerCycle(address);
        return false;
    }

    public void PowerCycle(int address) => (bus as SimulatedI2cBus)?.PowerCycle(address);

    /// <summary>Another chip than the one at an address; null where it is alone.</summary>
    public FaultyI2cDevice? OtherThan(int address)
    {
        var others = _devices.Count - 1;
        return others < 1 ? null : _devices.Where(device => device.Key != address).OrderBy(device => device.Key).ElementAt(plan.Next(others)).Value;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            bus.Dispose();
        }

        base.Dispose(disposing);
    }
}
