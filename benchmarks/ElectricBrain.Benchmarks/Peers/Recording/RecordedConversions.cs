using System.Buffers.Binary;
using System.Device.I2c;
using ElectricBrain.Sensors.Devices.Ads1015;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Benchmarks.Peers.Recording;

/// <summary>An ADS1015 that has always finished, with the word that was recorded for the input and range in its config.</summary>
internal sealed class RecordedConversions(ushort[] words) : SimulatedChip(Ads1015Converter.EnviroAddress)
{
    private readonly ushort[] _registers = [0, Ads1015Registers.ConfigAfterReset, Ads1015Registers.LowThresholdAfterReset, Ads1015Registers.HighThresholdAfterReset];

    public I2cDevice OnBus() => new SimulatedI2cBus(1, this).CreateDevice(Address);

    /// <summary>The conversions of every input with every range, by the bits of the config that choose them.</summary>
    /// <param name="volts">The voltages at the four pins.</param>
    public static ushort[] Record(params double[] volts)
    {
        var clock = new JumpingClock();
        var chip = new SimulatedAds1015((pin, _) => volts[pin], clock);
        using var device = new SimulatedI2cBus(1, chip).CreateDevice(chip.Address);
        var words = new ushort[64];
        var word = new byte[sizeof(ushort)];
        for (var choice = 0; choice < words.Length; choice++)
        {
            var config = Ads1015Registers.Start | choice << Ads1015Registers.RangeShift | Ads1015Registers.SingleShot | Ads1015Registers.ConfigAfterReset & 0xFF;
            device.Write([Ads1015Registers.Config, (byte)(config >> 8), (byte)config]);
            clock.Advance(TimeSpan.FromMilliseconds(1));
            device.WriteRead([Ads1015Registers.Conversion], word);
            words[choice] = BinaryPrimitives.ReadUInt16BigEndian(word);
        }

        return words;
    }

    protected override void WriteRegisters(byte register, ReadOnlySpan<byte> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        var value = BinaryPrimitives.ReadUInt16BigEndian(values);
        _registers[register] = register switch
        {
            Ads1015Registers.Config => (ushort)(value | Ads1015Registers.Start),
            Ads1015Registers.LowThreshold => (ushort)(value & ~Ads1015Registers.Extension),
            _ => value,
        };
        _registers[Ads1015Registers.Conversion] = words[_registers[Ads1015Registers.Config] >> Ads1015Registers.RangeShift & 0x3F];
    }

    protected override void ReadRegisters(byte register, Span<byte> values) => BinaryPrimitives.WriteUInt16BigEndian(values, _registers[register]);

    protected override void ResetRegisters()
    {
    }
}
