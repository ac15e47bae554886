using ElectricBrain.Sensors.Simulation.Buses;


namespace ElectricBrain.Sensors.Tests.Devices;

/// <summary>A chip of fixed registers that remembers what was written, for vectors at the level of bytes.</summary>
internal sealed class RegisterImage(int address) : SimulatedChip(address)
{
    public byte[] Registers { get; } = new byte[256];

    public List<(byte Register, byte Value)> Writes { get; } = [];

    public List<(byte Register, int Length)> Reads { get; } = [];

    public Action<byte, byte>? Written { get; set; }

    public void Set(byte register, string hex) => Convert.FromHexString(hex).CopyTo(Registers, register);

    protected override void WriteRegisters(byte register, ReadOnlySpan<byte> values)
    {
        foreach (var value in values)
        {
            Writes.Add((register, value));
            Written?.Invoke(register, value);
        }
    }

    protected override void ReadRegisters(byte register, Span<byte> values)
    {
        Reads.Add((register, values.Length));
        Registers.AsSpan(register, values.Length).CopyTo(values);
    }

    protected override void ResetRegisters()
    {
    }
}
