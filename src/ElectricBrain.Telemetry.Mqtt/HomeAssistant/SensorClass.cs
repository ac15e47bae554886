namespace ElectricBrain.Telemetry.Mqtt.HomeAssistant;

/// <summary>What Home Assistant calls a quantity, and the unit it shows.</summary>
/// <param name="DeviceClass">The device class; null when it has none for it.</param>
/// <param name="Unit">The unit in its spelling; null for numbers without one.</param>
internal readonly record struct SensorClass(string? DeviceClass, string? Unit)
{
    /// <summary>From the type and the UCUM unit of a series. A class is only given with a unit that it allows.</summary>
    public static SensorClass Of(TelemetrySeries series)
    {
        var unit = UnitOf(series.Unit);
        return new SensorClass(DeviceClassOf(series.SensorType, unit), unit);
    }

    private static string? UnitOf(string ucum) => ucum switch
    {
        "1" or "{count}" => null,
        "Cel" => "°C",
        "[degF]" => "°F",
        "Ohm" => "Ω",
        "kOhm" => "kΩ",
        "ug/m3" => "µg/m³",
        "mg/m3" => "mg/m³",
        "m3" => "m³",
        "dB[SPL]" or "dB[20uPa]" => "dB",
        "[ppm]" or "[ppmv]" => "ppm",
        "[ppb]" => "ppb",
        "deg" => "°",
        _ => ucum,
    };

    // The classes and units of Home Assistant's sensor integration.
    private static string? DeviceClassOf(string type, string? unit) => (type, unit) switch
    {
        ("temperature", "°C" or "°F" or "K") => "temperature",
        ("humidity", "%") => "humidity",
        ("pressure", "Pa" or "hPa" or "kPa" or "bar" or "mbar") => "atmospheric_pressure",
        ("illuminance", "lx") => "illuminance",
        ("sound" or "sound.level" or "noise", "dB") => "sound_pressure",
        ("pm1", "µg/m³") => "pm1",
        ("pm2.5" or "pm25", "µg/m³") => "pm25",
        ("pm10", "µg/m³") => "pm10",
        ("voltage", "V" or "mV") => "voltage",
        ("current", "A" or "mA") => "current",
        ("power", "W" or "kW") => "power",
        ("co2", "ppm") => "carbon_dioxide",
        ("frequency", "Hz" or "kHz") => "frequency",
        ("distance", "mm" or "cm" or "m") => "distance",
        _ => null,
    };
}
