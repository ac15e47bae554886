using System.Device.I2c;
using ElectricBrain.Sensors.Buses;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Devices.Ads1015;

/// <summary>The chip by its registers: what it is, starting a conversion, whether it has finished, whether it was reset meanwhile.</summary>
internal sealed class Ads1015Chip(I2cDevice device) : IDisposable
{
    private const int ConfirmingReads = 3;

    private readonly I2cRegisters _registers = new(device, "ADS1015");

    /// <exception cref="SensorException">Nothing answers, or what a dead bus reads.</exception>
    public void Identify()
    {
        var config = _registers.ReadWord(Ads1015Registers.Config);
        if (config is 0 or 0xFFFF)
        {
            throw Fault(SensorFault.WrongChip, $"shows 0x{config:X4} as its config, which is what a dead bus reads. Check the wiring and the supply.");
        }
    }

    /// <summary>
    /// Neither chip has an identification. The low four bits of the low threshold are read-only zeros on the ADS1015 (SBAS473,
    /// figure 22) and hold what is written on the ADS1115 (SBAS444, table 8-5); both have the same values after a reset.
    /// </summary>
    /// <exception cref="SensorException">It is neither.</exception>
    public Ads1015Model DetectModel()
    {
        const ushort Probe = Ads1015Registers.LowThresholdAfterReset | 0x000A;
        _registers.WriteWord(Ads1015Registers.LowThreshold, Probe);
        var low = _registers.ReadWord(Ads1015Registers.LowThreshold);
        _registers.WriteWord(Ads1015Registers.LowThreshold, Ads1015Registers.LowThresholdAfterReset);
        _registers.WriteWord(Ads1015Registers.HighThreshold, Ads1015Registers.HighThresholdAfterReset);
        return low switch
        {
            Ads1015Registers.LowThresholdAfterReset => Ads1015Model.Ads1015,
            Probe => Ads1015Model.Ads1115,
            _ => throw Fault(
                SensorFault.WrongChip,
                $"is another chip: its low threshold reads 0x{low:X4} after 0x{Probe:X4} was written, an ADS1015 shows 0x{Ads1015Registers.LowThresholdAfterReset:X4} and an ADS1115 0x{Probe:X4}. Check what is plugged in, and its address."),
        };
    }

    public void Configure(ushort config) => _registers.WriteWord(Ads1015Registers.Config, config);

    public void Start(ushort config) => Configure((ushort)(config | Ads1015Registers.Start));

    public void SetThresholds(ushort low, ushort high)
    {
        _registers.WriteWord(Ads1015Registers.LowThreshold, low);
        _registers.WriteWord(Ads1015Registers.HighThreshold, high);
    }

    /// <exception cref="SensorException">The chip no longer has the config that it was given.</exception>
    public bool HasFinished(ushort config)
    {
        // Until then the conversion is that of another input, so a bit that the bus got wrong must not end the wait.
        return ShowsFinished(config) && ShowsFinished(config);
    }

    /// <summary>The conversion that <see cref="HasFinished"/> has told of.</summary>
    /// <exception cref="SensorException">The chip was reset.</exception>
    public ushort ReadFinished(ushort config)
    {
        // The bus has no checksum, and a conversion that has finished stays: only what is shown twice is taken.
        var conversion = _registers.ReadWord(Ads1015Registers.Conversion);
        for (var reads = 1; _registers.ReadWord(Ads1015Registers.Conversion) is var again && again != conversion; reads++)
        {
            conversion = reads < ConfirmingReads
                ? again
                : throw Fault(SensorFault.InvalidData, $"gave {ConfirmingReads + 1} different answers one after the other. Check the wiring, its length and the supply.");
        }

        if (conversion == 0)
        {
            // That is also what a chip shows that was reset since the last poll.
            ThrowIfReset(_registers.ReadWord(Ads1015Registers.Config), config);
        }

        return conversion;
    }

    /// <summary>The latest conversion of the continuous mode.</summary>
    /// <exception cref="SensorException">The chip was reset.</exception>
    public ushort ReadContinuous(ushort config)
    {
        var conversion = _registers.ReadWord(Ads1015Registers.Conversion);
        // A chip that was reset has stopped, and nothing but its config tells.
        ThrowIfReset(_registers.ReadWord(Ads1015Registers.Config), config);
        return conversion;
    }

    public SensorException Fault(SensorFault fault, string what, Exception? innerException = null) => _registers.Fault(fault, what, innerException);

    public void Dispose() => _registers.Dispose();

    private bool ShowsFinished(ushort config)
    {
        var now = _registers.ReadWord(Ads1015Registers.Config);
        ThrowIfReset(now, config);
        return (now & Ads1015Registers.Start) != 0;
    }

    private void ThrowIfReset(ushort now, ushort config)
    {
        if (((now ^ config) & ~Ads1015Registers.Start) != 0)
        {
            throw Fault(
                SensorFault.InvalidData,
                $"shows 0x{now:X4} as its config where 0x{config:X4} was written. It was probably reset; it is started again.");
        }
    }
}
