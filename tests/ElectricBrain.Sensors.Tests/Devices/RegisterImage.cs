using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Devices.Ltr559;
using ElectricBrain.Sensors.Simulation.Buses;

namespace ElectricBrain.Sensors.Tests.Devices;

/// <summary>A chip of fixed registers that remembers what was written, for vectors at the level of bytes.</summary>
internal sealed class RegisterImage(int address) : SimulatedChip(address)
{
    public byte[] Registers { get; } = new byte[256];

    /// <summary>Single values, or pairs of register and value.</summary>
    public List<(byte Register, byte Value)> Writes { get; } = [];

    public List<(byte Register, int Length)> Reads { get; } = [];

    /// <summary>What a register reads after a value was written to it: bits of a command clear themselves.</summary>
    public Func<byte, byte, byte> Stored { get; set; } = static (_, value) => value;

    public Action<byte, byte>? Written { get; set; }

    public void Set(byte register, string hex) => Convert.FromHexString(hex).CopyTo(Registers, register);

    /// <summary>A BME280 whose forced measurements are over at once.</summary>
    public static RegisterImage OfBme280()
    {
        var chip = new RegisterImage(Bme280Sensor.DefaultAddress)
        {
            Stored = static (register, value) => register == 0xF4 && (value & 0x03) == 0x01 ? (byte)(value & ~0x03) : value,
        };
        chip.Set(0xD0, "60");
        return chip;
    }

    /// <summary>An LTR-559 whose resets are over at once.</summary>
    public static RegisterImage OfLtr559()
    {
        var chip = new RegisterImage(Ltr559Sensor.DefaultAddress) { Stored = static (register, value) => register == 0x80 ? (byte)(value & ~0x02) : value };
        chip.Set(0x86, "9205");
        return chip;
    }

    protected override void WriteRegisters(byte register, ReadOnlySpan<byte> values)
    {
        for (var i = 0; i < values.Length; i += 2)
        {
            var (target, value) = (i == 0 ? register : values[i - 1], values[i]);
            Writes.Add((target, value));
            Registers[target] = Stored(target, value);
            Written?.Invoke(target, value);
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
