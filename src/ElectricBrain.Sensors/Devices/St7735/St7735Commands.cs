namespace ElectricBrain.Sensors.Devices.St7735;

/// <summary>The commands (ST7735S datasheet, section 10), and the values that this panel's glass and supply need.</summary>
internal static class St7735Commands
{
    public const byte SoftwareReset = 0x01;
    public const byte SleepIn = 0x10;
    public const byte SleepOut = 0x11;
    public const byte NormalOn = 0x13;
    public const byte InversionOff = 0x20;
    public const byte InversionOn = 0x21;
    public const byte DisplayOff = 0x28;
    public const byte DisplayOn = 0x29;
    public const byte ColumnAddress = 0x2A;
    public const byte RowAddress = 0x2B;
    public const byte MemoryWrite = 0x2C;
    public const byte MemoryAccess = 0x36;
    public const byte ColourMode = 0x3A;

    public const byte MirrorRows = 0x80;
    public const byte MirrorColumns = 0x40;
    public const byte ExchangeRowsAndColumns = 0x20;
    public const byte BlueFirst = 0x08;
    public const byte SixteenBitsAPixel = 0x05;

    /// <summary>The memory is larger than the glass, which lies in its middle.</summary>
    public const int MemoryColumns = 132;
    public const int MemoryRows = 162;
    public const int Columns = 80;
    public const int Rows = 160;
    public const int ColumnOffset = (MemoryColumns - Columns) / 2;
    public const int RowOffset = (MemoryRows - Rows) / 2;

    /// <summary>Frame rates, inversion, supply voltages and gamma: a command and its arguments each.</summary>
    public static byte[][] PanelSetup { get; } =
    [
        [0xB1, 0x01, 0x2C, 0x2D],
        [0xB2, 0x01, 0x2C, 0x2D],
        [0xB3, 0x01, 0x2C, 0x2D, 0x01, 0x2C, 0x2D],
        [0xB4, 0x07],
        [0xC0, 0xA2, 0x02, 0x84],
        [0xC1, 0x0A, 0x00],
        [0xC3, 0x8A, 0x2A],
        [0xC4, 0x8A, 0xEE],
        [0xC5, 0x0E],
        [0xE0, 0x02, 0x1C, 0x07, 0x12, 0x37, 0x32, 0x29, 0x2D, 0x29, 0x25, 0x2B, 0x39, 0x00, 0x01, 0x03, 0x10],
        [0xE1, 0x03, 0x1D, 0x07, 0x06, 0x2E, 0x2C, 0x29, 0x2D, 0x2E, 0x2E, 0x37, 0x3F, 0x00, 0x00, 0x02, 0x10],
    ];

    /// <summary>The directions of the memory for a rotation (datasheet, section 9.11), for a glass with blue first.</summary>
    public static byte MemoryAccessOf(St7735Rotation rotation) => (byte)(BlueFirst | rotation switch
    {
        St7735Rotation.None => MirrorRows | MirrorColumns,
        St7735Rotation.Degrees90 => MirrorColumns | ExchangeRowsAndColumns,
        St7735Rotation.Degrees180 => 0,
        _ => MirrorRows | ExchangeRowsAndColumns,
    });

    public static bool IsLandscape(this St7735Rotation rotation) => rotation is St7735Rotation.Degrees90 or St7735Rotation.Degrees270;
}
