namespace ElectricBrain.Sensors.Display;

/// <summary>A colour of 16 bits: five of red, six of green, five of blue.</summary>
/// <param name="Value">The bits, red first.</param>
public readonly record struct Rgb565(ushort Value)
{
    /// <summary>Black.</summary>
    public static Rgb565 Black => default;

    /// <summary>White.</summary>
    public static Rgb565 White => new(0xFFFF);

    /// <summary>Red, 0 to 255; the lowest bits are repeated from the highest, so that white stays white.</summary>
    public byte Red => (byte)(Value >> 8 & 0xF8 | Value >> 13);

    /// <summary>Green, 0 to 255.</summary>
    public byte Green => (byte)(Value >> 3 & 0xFC | Value >> 9 & 0x03);

    /// <summary>Blue, 0 to 255.</summary>
    public byte Blue => (byte)(Value << 3 & 0xF8 | Value >> 2 & 0x07);

    /// <summary>The nearest colour that is not brighter in any component.</summary>
    public static Rgb565 FromRgb(byte red, byte green, byte blue) => new((ushort)((red & 0xF8) << 8 | (green & 0xFC) << 3 | blue >> 3));
}
