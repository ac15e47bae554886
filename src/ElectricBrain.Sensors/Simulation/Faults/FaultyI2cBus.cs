using System.Device.I2c;
using ElectricBrain.Sensors.Simulation.Buses;

namespace ElectricBrain.Sensors.Simulation.Faults;

/// <summary>A bus whose transfers fail as a plan says.</summary>
internal sealed class FaultyI2cBus(I2cBus bus, FaultPlan plan) : I2cBus
{
    private readonly Dictionary<int, FaultyI2cDevice> _devices = [];
    private FaultPlan.OngoingFault _line;

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

    /// <summary>Whether the data line is held low; it is one line for all chips.</summary>
    public bool IsStuckLow => plan.IsOngoing(_line, FaultKind.StuckLow);

    public void HoldLow() => _line = plan.Prolong();

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
