namespace ElectricBrain.Sensors.Climate;

/// <summary>
/// Pressure reduced to mean sea level by the formula of the World Meteorological Organization, "Guide to Instruments and Methods of
/// Observation" (WMO-No. 8), volume I, chapter 3: the air between station and sea is taken to start at the station's temperature
/// and humidity and to become 0.65 K warmer every 100 m down. The organization uses it up to 750 m; the higher, the more it is a
/// convention. The temperature is meant to be that outdoors: 10 K more make 2 hPa less at 500 m.
/// </summary>
internal static class SeaLevelPressure
{
    public const double MinimumMetres = -430;
    public const double MaximumMetres = 5_000;

    private const double Kp = 0.0148275;
    private const double LapseKelvinPerMetre = 0.0065;
    private const double KelvinPerHectopascalOfVapour = 0.12;

    public static bool IsInRange(double metres) => metres is >= MinimumMetres and <= MaximumMetres;

    /// <summary>The pressure at sea level in Pa.</summary>
    /// <param name="pascals">At the station.</param>
    /// <param name="altitudeMetres">Of the station.</param>
    /// <param name="celsius">At the station.</param>
    /// <param name="vapourPascals">Pressure of the water vapour at the station.</param>
    public static double? Pascals(double? pascals, double? altitudeMetres, double? celsius, double? vapourPascals)
    {
        var meanKelvin = WaterVapour.ZeroCelsiusInKelvin + celsius + LapseKelvinPerMetre * altitudeMetres / 2 + KelvinPerHectopascalOfVapour * vapourPascals / 100;
        return meanKelvin is { } kelvin ? pascals * Math.Pow(10, Kp * altitudeMetres!.Value / kelvin) : null;
    }
}
