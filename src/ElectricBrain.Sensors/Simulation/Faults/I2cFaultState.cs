namespace ElectricBrain.Sensors.Simulation.Faults;

/// <summary>The faults that go on on the wires of a bus, however often it is opened.</summary>
internal sealed class I2cFaultState
{
    /// <summary>What holds the data line; it is one for all chips.</summary>
    public FaultPlan.OngoingFault Line { get; set; }

    /// <summary>Chips that are away, or were and have to start anew, by their address.</summary>
    public Dictionary<int, FaultPlan.OngoingFault> Absences { get; } = [];
}
