using System.Buffers.Binary;
using ElectricBrain.Sensors.Devices.Ads1015;
using ElectricBrain.Sensors.Simulation.Buses;

namespace ElectricBrain.Sensors.Tests.Devices.Ads1015;

/// <summary>Four registers of 16 bits that remember what was written; a conversion is finished at once.</summary>
internal sealed class WordImage() : SimulatedChip(Ads1015Converter.EnviroAddress)
{
    public ushort[] Registers { get; } = [0, 0x8583, 0x8000, 0x7FFF];

    public List<(byte Register, ushort Value)> Writes { get; } = [];

    /// <summary>The bits of the low threshold that can be written.</summary>
    public ushort LowThresholdMask { get; set; } = 0xFFF0;

    protected override void WriteRegisters(byte register, ReadOnlySpan<byte> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        var value = BinaryPrimitives.ReadUInt16BigEndian(values);
        Writes.Add((register, value));
        Registers[register] = register switch
        {
            1 => (ushort)(value | 0x8000),
            2 => (ushort)(value & LowThresholdMask),
            _ => value,
        };
    }

    protected override void ReadRegisters(byte register, Span<byte> values) => BinaryPrimitives.WriteUInt16BigEndian(values, Registers[register]);

    protected override void ResetRegisters()
    {
    }
}
