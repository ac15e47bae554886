using ElectricBrain.Sensors.Simulation.Buses;


namespace ElectricBrain.Sensors.Tests.Devices;

/// <summary>Passes transfers on to a chip, and interrupts its supply right before a chosen one.</summary>
internal sealed class ResettingChip(SimulatedChip chip, int beforeTransfer) : SimulatedChip(chip.Address)
{
    private int _left = int.MaxValue;

    public bool HasHit => _left <= 0;

    public void Arm() => _left = beforeTransfer;

    protected override void WriteRegisters(byte register, ReadOnlySpan<byte> values)
    {
        if (!values.IsEmpty)
        {
            Count();
            chip.Transfer([register, .. values], []);
        }
    }

    protected override void ReadRegisters(byte register, Span<byte> values)
    {
        Count();
        chip.Transfer([register], values);
    }

    protected override void ResetRegisters() => chip.PowerCycle();

    private void Count()
    {
        if (--_left == 0)
        {
            chip.PowerCycle();
        }
    }
}
