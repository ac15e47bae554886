using CsCheck;
using ElectricBrain.Sensors.Climate;

namespace ElectricBrain.Sensors.Tests.Climate;

public sealed class ComfortTests
{
    /// <summary>The chart of the US National Weather Service, in °F; the regression is within 1.3 °F of Steadman's tables.</summary>
    [Theory]
    [InlineData(80, 40, 80)]
    [InlineData(80, 70, 83)]
    [InlineData(84, 60, 88)]
    [InlineData(86, 90, 105)]
    [InlineData(90, 40, 91)]
    [InlineData(90, 60, 100)]
    [InlineData(90, 80, 113)]
    [InlineData(90, 100, 132)]
    [InlineData(96, 50, 108)]
    [InlineData(96, 75, 132)]
    [InlineData(100, 40, 109)]
    [InlineData(100, 60, 129)]
    [InlineData(106, 45, 130)]
    [InlineData(110, 40, 136)]
    public void HeatIndexCelsius_ChartOfTheWeatherService_IsWithinItsError(double fahrenheit, double percent, double index) =>
        Assert.Equal(index, Fahrenheit(Comfort.HeatIndexCelsius(Celsius(fahrenheit), percent)!.Value), 1.0);

    /// <summary>The adjustments for dry air, 95 °F and 5 %, and for very humid air, 82 °F and 95 %, by hand.</summary>
    [Theory]
    [InlineData(95, 5, 88.18)]
    [InlineData(82, 95, 93.97)]
    public void HeatIndexCelsius_DryOrVeryHumidAir_IsAdjusted(double fahrenheit, double percent, double index) =>
        Assert.Equal(index, Fahrenheit(Comfort.HeatIndexCelsius(Celsius(fahrenheit), percent)!.Value), 0.01);

    [Theory]
    [InlineData(26.6, 90.0)]
    [InlineData(45.0, 60.0)]
    [InlineData(30.0, null)]
    [InlineData(null, 50.0)]
    [InlineData(30.0, 101.0)]
    public void HeatIndexCelsius_WhereTheChartIsBlank_IsNull(double? celsius, double? percent) => Assert.Null(Comfort.HeatIndexCelsius(celsius, percent));

    [Fact]
    public void HeatIndexCelsius_MoreHumidAir_FeelsNotCoolerAtHeat() =>
        Gen.Select(Gen.Double[28, 40], Gen.Double[20, 99]).Sample((celsius, percent) =>
        {
            if (Comfort.HeatIndexCelsius(celsius, percent) is { } drier && Comfort.HeatIndexCelsius(celsius, percent + 1) is { } damper)
            {
                Assert.True(damper > drier - 0.15);
            }
        });

    /// <summary>Temperature and dew point with the values that the Meteorological Service of Canada publishes; the last is its record of 2007.</summary>
    [Theory]
    [InlineData(30, 15, 34)]
    [InlineData(30, 25, 42)]
    [InlineData(34, 30, 53)]
    public void Humidex_PublishedValues_AreReached(double celsius, double dewPoint, double humidex) =>
        Assert.Equal(humidex, Comfort.Humidex(celsius, dewPoint)!.Value, 0.5);

    [Theory]
    [InlineData(19.9, 15.0)]
    [InlineData(25.0, 5.0)]
    [InlineData(25.0, null)]
    [InlineData(null, 15.0)]
    public void Humidex_CoolOrDryAir_IsNull(double? celsius, double? dewPoint) => Assert.Null(Comfort.Humidex(celsius, dewPoint));

    /// <summary>By hand from the bureau's formula with its own vapour pressure, which differs by 0.3 % at most.</summary>
    [Theory]
    [InlineData(20, 50, 19.86)]
    [InlineData(30, 50, 32.99)]
    [InlineData(35, 70, 44.00)]
    [InlineData(10, 80, 9.24)]
    public void ApparentCelsius_FormulaOfTheBureau_IsReached(double celsius, double percent, double apparent) =>
        Assert.Equal(apparent, Comfort.ApparentCelsius(celsius, percent)!.Value, 0.06);

    private static double Celsius(double fahrenheit) => (fahrenheit - 32) / 1.8 + 1e-9;

    private static double Fahrenheit(double celsius) => celsius * 1.8 + 32;
}
