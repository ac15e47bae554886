namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>The colours of the pages: bright on black, since the panel is small and lit from behind.</summary>
internal static class Palette
{
    public static readonly Rgb565 Background = Rgb565.Black;
    public static readonly Rgb565 Text = Rgb565.FromRgb(0xF4, 0xF7, 0xFB);
    public static readonly Rgb565 Muted = Rgb565.FromRgb(0x94, 0xA3, 0xB4);
    public static readonly Rgb565 Faint = Rgb565.FromRgb(0x4A, 0x57, 0x66);
    public static readonly Rgb565 Grid = Rgb565.FromRgb(0x22, 0x2C, 0x38);

    public static readonly Rgb565 Temperature = Rgb565.FromRgb(0xFF, 0x7A, 0x5C);
    public static readonly Rgb565 Humidity = Rgb565.FromRgb(0x45, 0xA6, 0xFF);
    public static readonly Rgb565 Pressure = Rgb565.FromRgb(0xAF, 0x92, 0xFF);
    public static readonly Rgb565 Light = Rgb565.FromRgb(0xFF, 0xCB, 0x47);
    public static readonly Rgb565 Sound = Rgb565.FromRgb(0xFF, 0x82, 0xC0);
    public static readonly Rgb565 First = Rgb565.FromRgb(0x5A, 0xD8, 0xE6);
    public static readonly Rgb565 Second = Rgb565.FromRgb(0xFF, 0xB0, 0x5C);
    public static readonly Rgb565 Third = Rgb565.FromRgb(0xB8, 0xE0, 0x5A);

    public static readonly Rgb565 Low = Rgb565.FromRgb(0x5B, 0xB0, 0xFF);
    public static readonly Rgb565 Good = Rgb565.FromRgb(0x3D, 0xD6, 0x8C);
    public static readonly Rgb565 Warning = Rgb565.FromRgb(0xFF, 0xB9, 0x38);
    public static readonly Rgb565 Bad = Rgb565.FromRgb(0xFF, 0x5C, 0x5C);

    public static Rgb565 Of(Level level) => level switch
    {
        Level.Low => Low,
        Level.High => Bad,
        Level.Normal => Good,
        _ => Muted,
    };
}
