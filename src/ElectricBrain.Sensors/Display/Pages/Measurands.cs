namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>The quantities of the Enviro hats.</summary>
internal static class Measurands
{
    public static readonly Measurand Temperature = new()
    {
        Name = "Temperature",
        Label = "TEMP",
        Unit = "°C",
        Colour = Palette.Temperature,
        Decimals = 1,
        LeastSpan = 1,
        Bar = (0, 40),
        Levels = new Levels(18, 26, "low: WHO Housing and health guidelines (2018); high: EN 16798-1, category II, cooling season"),
    };

    public static readonly Measurand Humidity = new()
    {
        Name = "Humidity",
        Label = "HUM",
        Unit = "%",
        Colour = Palette.Humidity,
        Decimals = 1,
        LeastSpan = 2,
        Floor = 0,
        Ceiling = 100,
        Bar = (0, 100),
        Levels = new Levels(30, 60, "US EPA, A brief guide to mold, moisture and your home (2012)"),
    };

    public static readonly Measurand Pressure = new()
    {
        Name = "Pressure",
        Label = "PRESS",
        Unit = "hPa",
        Colour = Palette.Pressure,
        Decimals = 1,
        Digits = 5,
        LeastSpan = 1,
        Floor = 0,
        Bar = (950, 1050),
    };

    public static readonly Measurand Light = new()
    {
        Name = "Light",
        Label = "LIGHT",
        Unit = "lx",
        Colour = Palette.Light,
        Decimals = 1,
        LeastSpan = 10,
        LeastShare = 0.2,
        Floor = 0,
        Bar = (0, 1_000),
        Levels = new Levels(100, null, "EN 12464-1, corridors and circulation areas"),
    };

    public static readonly Measurand Sound = new()
    {
        Name = "Sound level",
        Label = "SOUND",
        Unit = "dB",
        Colour = Palette.Sound,
        Decimals = 1,
        LeastSpan = 10,
        Bar = (20, 100),
        Levels = new Levels(null, 55, "WHO Guidelines for community noise (1999), outdoor living areas by day"),
    };

    public static readonly Measurand Pm1 = Particles("PM1", "PM₁", Palette.First, null, 75);

    public static readonly Measurand Pm25 =
        Particles("PM2.5", "PM₂.₅", Palette.Second, new Levels(null, 15, "WHO Global air quality guidelines (2021), mean of 24 hours"), 75);

    public static readonly Measurand Pm10 =
        Particles("PM10", "PM₁₀", Palette.Third, new Levels(null, 45, "WHO Global air quality guidelines (2021), mean of 24 hours"), 150);

    public static readonly Measurand Oxidising = Gas("Oxidising", "OX", Palette.First);

    public static readonly Measurand Reducing = Gas("Reducing", "RED", Palette.Second);

    public static readonly Measurand Ammonia = Gas("Ammonia", "NH₃", Palette.Third);

    private static Measurand Particles(string name, string label, Rgb565 colour, Levels? levels, double most) => new()
    {
        Name = name,
        Label = label,
        Unit = "µg/m³",
        Colour = colour,
        LeastSpan = 10,
        Floor = 0,
        Bar = (0, most),
        Levels = levels,
    };

    private static Measurand Gas(string name, string label, Rgb565 colour) => new()
    {
        Name = name,
        Label = label,
        Unit = "kΩ",
        Colour = colour,
        Decimals = 1,
        LeastSpan = 4,
        IsLogarithmic = true,
        Bar = (1, 1_000),
    };
}
