using ElectricBrain.Sensors.Buses;

namespace ElectricBrain.Sensors.Devices.Ltr559;

/// <summary>The interrupt settings as the chip's registers; it takes one byte a transfer (LTR-559 datasheet, I2C write protocol).</summary>
internal static class Ltr559InterruptRegisters
{
    public static void WriteThresholds(I2cRegisters registers, Ltr559Interrupt interrupt)
    {
        Write(registers, Ltr559Registers.ProximityThresholds, interrupt.Proximity);
        Write(registers, Ltr559Registers.LightThresholds, interrupt.Light);
        registers.Write(Ltr559Registers.InterruptPersist, (byte)(Persistence(interrupt.Proximity) << 4 | Persistence(interrupt.Light)));
    }

    public static void WriteMode(I2cRegisters registers, Ltr559Interrupt interrupt) => registers.Write(
        Ltr559Registers.Interrupt,
        (byte)((interrupt.Proximity is null ? 0 : Ltr559Registers.InterruptByProximity)
            | (interrupt.Light is null ? 0 : Ltr559Registers.InterruptByLight)
            | (interrupt.ActiveHigh ? Ltr559Registers.InterruptActiveHigh : 0)));

    /// <summary>The upper limit then the lower one, each the low byte first.</summary>
    private static void Write(I2cRegisters registers, byte register, Ltr559Thresholds? thresholds)
    {
        if (thresholds is not null)
        {
            registers.Write(register, (byte)thresholds.HighCounts);
            registers.Write((byte)(register + 1), (byte)(thresholds.HighCounts >> 8));
            registers.Write((byte)(register + 2), (byte)thresholds.LowCounts);
            registers.Write((byte)(register + 3), (byte)(thresholds.LowCounts >> 8));
        }
    }

    private static int Persistence(Ltr559Thresholds? thresholds) => (thresholds?.Persistence ?? 1) - 1;
}
