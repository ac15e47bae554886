using System.Device.I2c;
using ElectricBrain.Sensors.Simulation.Buses;

namespace ElectricBrain.Benchmarks.Peers.Recording;

/// <summary>A chip that shows a recorded image of its 256 registers. It takes settings and measures nothing.</summary>
internal abstract class RecordedRegisters(int address, byte[] image) : SimulatedChip(address)
{
    private readonly byte[] _registers = [.. image];

    public I2cDevice OnBus() => new SimulatedI2cBus(1, this).CreateDevice(Address);

    /// <summary>What a chip shows now.</summary>
    public static byte[] Record(SimulatedChip chip)
    {
        var image = new byte[256];
        using var device = new SimulatedI2cBus(1, chip).CreateDevice(chip.Address);
        device.WriteRead([0], image);
        return image;
    }

    /// <summary>What a register shows after a value was written to it; null where it shows what it did.</summary>
    protected abstract byte? Stored(byte register, byte value);

    protected override void WriteRegisters(byte register, ReadOnlySpan<byte> values)
    {
        for (var i = 0; i < values.Length; i += 2)
        {
            var target = i == 0 ? register : values[i - 1];
            _registers[target] = Stored(target, values[i]) ?? _registers[target];
        }
    }

    protected override void ReadRegisters(byte register, Span<byte> values) => _registers.AsSpan(register, values.Length).CopyTo(values);

    protected override void ResetRegisters()
    {
    }
}
