namespace ElectricBrain.Sensors.Climate;

/// <summary>
/// Water vapour in air. Saturation over water by the Magnus formula with the coefficients "AERK" of O. A. Alduchov and
/// R. E. Eskridge, "Improved Magnus Form Approximation of Saturation Vapor Pressure", J. Appl. Meteor. 35 (1996) 601-609: within
/// 0.4 % from -40 to 50 °C. What is outside of that is null.
/// </summary>
internal static class WaterVapour
{
    public const double MinimumCelsius = -40;
    public const double MaximumCelsius = 50;
    public const double ZeroCelsiusInKelvin = 273.15;

    private const double PascalsAtZero = 610.94;
    private const double Slope = 17.625;
    private const double OffsetCelsius = 243.04;

    /// <summary>The specific gas constant of water vapour in J/(kg K).</summary>
    private const double GasConstant = 461.5;

    /// <summary>The pressure of vapour above water that neither evaporates nor condenses, in Pa.</summary>
    public static double SaturationPascals(double celsius) => PascalsAtZero * Math.Exp(Slope * celsius / (celsius + OffsetCelsius));

    /// <summary>The pressure of the vapour in Pa.</summary>
    public static double? Pascals(double? celsius, double? relativeHumidityPercent) =>
        celsius is >= MinimumCelsius and <= MaximumCelsius && relativeHumidityPercent is >= 0 and <= 100
            ? relativeHumidityPercent / 100 * SaturationPascals(celsius.Value)
            : null;

    /// <summary>The temperature in °C at which the vapour saturates; null for dry air.</summary>
    public static double? DewPointCelsius(double? celsius, double? relativeHumidityPercent)
    {
        if (Pascals(celsius, relativeHumidityPercent) is not { } pascals || pascals <= 0)
        {
            return null;
        }

        var logarithm = Math.Log(pascals / PascalsAtZero);
        var dewPoint = OffsetCelsius * logarithm / (Slope - logarithm);
        return dewPoint >= MinimumCelsius ? dewPoint : null;
    }

    /// <summary>The mass of the vapour in g/m³, by the equation of ideal gases.</summary>
    public static double? GramsPerCubicMetre(double? celsius, double? relativeHumidityPercent) =>
        1000 * Pascals(celsius, relativeHumidityPercent) / (GasConstant * (celsius + ZeroCelsiusInKelvin));

    /// <summary>The relative humidity in % of the same vapour at another temperature; null where it would condense.</summary>
    public static double? RelativeHumidityPercent(double? pascals, double? celsius) =>
        celsius is >= MinimumCelsius and <= MaximumCelsius && 100 * pascals / SaturationPascals(celsius.Value) is { } percent and <= 100 ? percent : null;
}
