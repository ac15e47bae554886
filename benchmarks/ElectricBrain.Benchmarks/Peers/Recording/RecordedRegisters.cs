using System.Device.I2c;
using ElectricBrain.Sensors.Simulation.Buses;

namespace ElectricBrain.Benchmarks.Peers.Recording;

/// <summary>A chip that shows a recorded image of its 256 registers; what is written changes nothing.</summary>
internal sealed class RecordedRegisters(int address, byte[] registers) : SimulatedChip(address)
{
    public I2cDevice OnBus() => new SimulatedI2cBus(1, this).CreateDevice(Address);

    /// <summary>What a chip shows now.</summary>
    public static byte[] Record(SimulatedChip chip)
    {
        var image = new byte[256];
        using var device = new SimulatedI2cBus(1, chip).CreateDevice(chip.Address);
        device.WriteRead([0], image);
        return image;
    }

    protected override void WriteRegisters(byte register, ReadOnlySpan<byte> values)
    {
    }

    protected override void ReadRegisters(byte register, Span<byte> values) => registers.AsSpan(register, values.Length).CopyTo(values);

    protected override void ResetRegisters()
    {
    }
}
