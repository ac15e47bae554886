namespace ElectricBrain.Sensors.Devices.Bme280;

/// <summary>The eight data registers from 0xF7: pressure and temperature of 20 bits, humidity of 16.</summary>
internal readonly record struct Bme280Frame(int Pressure, int Temperature, int Humidity)
{
    /// <summary>What the chip shows before the first measurement and for a skipped quantity; it decodes to a plausible value.</summary>
    public const int Unmeasured20 = 0x80000;
    public const int Unmeasured16 = 0x8000;

    public static Bme280Frame Parse(ReadOnlySpan<byte> registers) => new(
        Pressure: registers[0] << 12 | registers[1] << 4 | registers[2] >> 4,
        Temperature: registers[3] << 12 | registers[4] << 4 | registers[5] >> 4,
        Humidity: registers[6] << 8 | registers[7]);

    public void Format(Span<byte> registers)
    {
        registers[0] = (byte)(Pressure >> 12);
        registers[1] = (byte)(Pressure >> 4);
        registers[2] = (byte)(Pressure << 4);
        registers[3] = (byte)(Temperature >> 12);
        registers[4] = (byte)(Temperature >> 4);
        registers[5] = (byte)(Temperature << 4);
        registers[6] = (byte)(Humidity >> 8);
        registers[7] = (byte)Humidity;
    }

    /// <summary>
    /// Temperature is never skipped, so where another quantity was measured, so was it: the raw value is then real, and at the
    /// lowest resolution a room at 22 or 23 °C has it often.
    /// </summary>
    public bool HasTemperature => IsMeasured20(Temperature) || (Temperature == Unmeasured20 && (HasPressure || HasHumidity));

    public bool HasPressure => IsMeasured20(Pressure);

    public bool HasHumidity => Humidity is not (0 or Unmeasured16 or 0xFFFF);

    /// <summary>All zeros and all ones are what a dead bus reads.</summary>
    private static bool IsMeasured20(int raw) => raw is not (0 or Unmeasured20 or 0xFFFFF);
}
