namespace ElectricBrain.Sensors.Devices.Bme280;

/// <summary>The eight data registers from 0xF7: pressure and temperature of 20 bits, humidity of 16.</summary>
internal readonly record struct Bme280Frame(int Pressure, int Temperature, int Humidity)
{
    /// <summary>What the chip shows before the first measurement and for a skipped quantity; it decodes to a plausible value.</summary>
    public const int Unmeasured20 = 0x80000;
    public const int Unmeasured16 = 0x8000;

    /// <summary>Raw steps between two measurements beyond which an answer is doubted: some 0.2 °C, 35 Pa and 0.6 %.</summary>
    private const int TemperatureLeap = 600;
    private const int PressureLeap = 200;
    private const int HumidityLeap = 128;

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
    public bool HasTemperature => !IsCutOff && (IsMeasured20(Temperature) || (Temperature == Unmeasured20 && (HasPressure || HasHumidity)));

    public bool HasPressure => !IsCutOff && IsMeasured20(Pressure);

    public bool HasHumidity => !IsCutOff && Humidity != Unmeasured16;

    /// <summary>Whether the line went dead before the end, so that the fields before the humidity may be wrong, too.</summary>
    private bool IsCutOff => Humidity is 0 or 0xFFFF;

    /// <summary>Whether an answer should be confirmed: it leaps, or its last byte is what a line reads that went dead before it.</summary>
    public bool IsQuestionable(Bme280Frame last) => LeapsFrom(last) || (Humidity != Unmeasured16 && (Humidity & 0xFF) is 0 or 0xFF);

    public bool LeapsFrom(Bme280Frame last) =>
        Math.Abs(Temperature - last.Temperature) > TemperatureLeap
        || Math.Abs(Pressure - last.Pressure) > PressureLeap
        || Math.Abs(Humidity - last.Humidity) > HumidityLeap;

    /// <summary>All zeros and all ones are what a dead bus reads.</summary>
    private static bool IsMeasured20(int raw) => raw is not (0 or Unmeasured20 or 0xFFFFF);
}
