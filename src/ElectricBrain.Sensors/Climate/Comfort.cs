namespace ElectricBrain.Sensors.Climate;

/// <summary>How warm air feels, by the conventions of three weather services. Where a convention has no value, there is none.</summary>
internal static class Comfort
{
    private const double HeatIndexFromFahrenheit = 80;

    /// <summary>The highest value of the chart.</summary>
    private const double HeatIndexToFahrenheit = 137;

    /// <summary>
    /// Heat index of the US National Weather Service in °C: the regression of L. P. Rothfusz (Technical Attachment SR 90-23, 1990) to
    /// Steadman's tables, with the adjustments that the Weather Prediction Center publishes; within 0.7 K of them. For shade and a light wind.
    /// </summary>
    /// <returns>Null below 80 °F (26.7 °C), where heat is no matter, and for what the service's chart leaves blank.</returns>
    public static double? HeatIndexCelsius(double? celsius, double? relativeHumidityPercent)
    {
        if (celsius is not { } air || relativeHumidityPercent is not (>= 0 and <= 100 and var humidity))
        {
            return null;
        }

        var fahrenheit = air * 1.8 + 32;
        if (fahrenheit < HeatIndexFromFahrenheit)
        {
            return null;
        }

        var simple = (fahrenheit + 0.5 * (fahrenheit + 61 + 1.2 * (fahrenheit - 68) + 0.094 * humidity)) / 2;
        var index = simple < HeatIndexFromFahrenheit ? simple : Regression(fahrenheit, humidity) + Adjustment(fahrenheit, humidity);
        return index <= HeatIndexToFahrenheit ? (index - 32) / 1.8 : null;
    }

    /// <summary>
    /// Humidex of the Meteorological Service of Canada, without a unit (J. M. Masterton and F. A. Richardson, 1979). From 30 on there is
    /// some discomfort, above 45 there is danger.
    /// </summary>
    /// <returns>Null below 20 °C and where it is not above the temperature: the service then gives none.</returns>
    public static double? Humidex(double? celsius, double? dewPointCelsius)
    {
        if (celsius is not >= 20 || dewPointCelsius is not { } dewPoint)
        {
            return null;
        }

        var hectopascals = 6.11 * Math.Exp(5417.7530 * (1 / 273.16 - 1 / (WaterVapour.ZeroCelsiusInKelvin + dewPoint)));
        var excess = 5.0 / 9 * (hectopascals - 10);
        return excess > 0 ? celsius + excess : null;
    }

    /// <summary>
    /// Apparent temperature of the Australian Bureau of Meteorology in °C (R. G. Steadman, "Norms of apparent temperature in
    /// Australia", Aust. Met. Mag. 43 (1994) 1-16), in shade and without wind, as in a room.
    /// </summary>
    public static double? ApparentCelsius(double? celsius, double? relativeHumidityPercent) =>
        celsius + 0.33 * WaterVapour.Pascals(celsius, relativeHumidityPercent) / 100 - 4;

    private static double Regression(double t, double h) =>
        -42.379 + 2.04901523 * t + 10.14333127 * h - 0.22475541 * t * h - 0.00683783 * t * t
        - 0.05481717 * h * h + 0.00122874 * t * t * h + 0.00085282 * t * h * h - 0.00000199 * t * t * h * h;

    private static double Adjustment(double t, double h) => (t, h) switch
    {
        ( <= 112, < 13) => -(13 - h) / 4 * Math.Sqrt((17 - Math.Abs(t - 95)) / 17),
        ( <= 87, > 85) => (h - 85) / 10 * (87 - t) / 5,
        _ => 0,
    };
}
