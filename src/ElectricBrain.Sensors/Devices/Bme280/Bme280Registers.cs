namespace ElectricBrain.Sensors.Devices.Bme280;

/// <summary>Register map (BME280 datasheet, section 5.3).</summary>
internal static class Bme280Registers
{
    public const byte Calibration1 = 0x88;
    public const byte Id = 0xD0;
    public const byte Reset = 0xE0;
    public const byte Calibration2 = 0xE1;
    public const byte ControlHumidity = 0xF2;
    public const byte Status = 0xF3;
    public const byte ControlMeasurement = 0xF4;
    public const byte Config = 0xF5;
    public const byte Data = 0xF7;

    public const int Calibration1Length = 26;
    public const int Calibration2Length = 7;
    public const int DataLength = 8;

    /// <summary>The settings, the status and the data behind them.</summary>
    public const byte Block = ControlHumidity;
    public const int BlockLength = Data + DataLength - Block;

    public const byte ResetCommand = 0xB6;
    public const byte Measuring = 0x08;
    public const byte ImageUpdating = 0x01;
    public const byte ModeMask = 0x03;
    public const byte ForcedMode = 0x01;
    public const byte NormalMode = 0x03;

    public static byte ControlMeasurementOf(Bme280Settings settings) => (byte)((int)settings.Temperature << 5 | (int)settings.Pressure << 2);

    /// <summary>A config with the next of the values 1 to 7 in the bits of the pause; 0 is that of a chip that was reset.</summary>
    public static byte NextCount(byte config) => (byte)(config & 0x1F | (config >> 5) % 7 + 1 << 5);

    public static byte ConfigOf(Bme280Settings settings) => (byte)((int)settings.Standby << 5 | (int)settings.Filter << 2);
}
