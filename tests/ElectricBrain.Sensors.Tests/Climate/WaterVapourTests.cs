using CsCheck;
using ElectricBrain.Sensors.Climate;

namespace ElectricBrain.Sensors.Tests.Climate;

public sealed class WaterVapourTests
{
    /// <summary>Smithsonian Meteorological Tables (Goff and Gratch 1946), over water, in hPa.</summary>
    [Theory]
    [InlineData(-40, 0.1891)]
    [InlineData(-20, 1.2540)]
    [InlineData(-10, 2.8627)]
    [InlineData(0, 6.1078)]
    [InlineData(10, 12.272)]
    [InlineData(20, 23.373)]
    [InlineData(30, 42.430)]
    [InlineData(40, 73.777)]
    [InlineData(50, 123.40)]
    public void SaturationPascals_PublishedTable_IsWithinTheFormulasError(double celsius, double hectopascals) =>
        Assert.Equal(1, WaterVapour.SaturationPascals(celsius) / (100 * hectopascals), 0.004);

    /// <summary>Saturated air of the steam tables in g/m³.</summary>
    [Theory]
    [InlineData(0, 4.85)]
    [InlineData(10, 9.40)]
    [InlineData(20, 17.3)]
    [InlineData(30, 30.4)]
    [InlineData(40, 51.1)]
    public void GramsPerCubicMetre_SaturatedAir_IsThatOfTheTables(double celsius, double grams) =>
        Assert.Equal(1, WaterVapour.GramsPerCubicMetre(celsius, 100)!.Value / grams, 0.005);

    /// <summary>Psychrometric tables, rounded to 0.1 K.</summary>
    [Theory]
    [InlineData(20, 50, 9.3)]
    [InlineData(25, 60, 16.7)]
    [InlineData(30, 80, 26.2)]
    [InlineData(22, 40, 7.8)]
    [InlineData(20, 100, 20.0)]
    [InlineData(0, 50, -9.2)]
    public void DewPointCelsius_PsychrometricTables_IsTheirs(double celsius, double percent, double dewPoint) =>
        Assert.Equal(dewPoint, WaterVapour.DewPointCelsius(celsius, percent)!.Value, 0.1);

    [Theory]
    [InlineData(20.0, 0.0)]
    [InlineData(-40.1, 50.0)]
    [InlineData(50.1, 50.0)]
    [InlineData(20.0, 100.1)]
    [InlineData(20.0, -0.1)]
    [InlineData(20.0, null)]
    [InlineData(null, 50.0)]
    [InlineData(double.NaN, 50.0)]
    [InlineData(-35.0, 20.0)]
    public void DewPointCelsius_OutsideTheFormulasRange_IsNull(double? celsius, double? percent) =>
        Assert.Null(WaterVapour.DewPointCelsius(celsius, percent));

    [Fact]
    public void DewPointCelsius_AnyAir_IsWhereItsVapourSaturates() =>
        Gen.Select(Gen.Double[-20, 50], Gen.Double[5, 100]).Sample((celsius, percent) =>
        {
            if (WaterVapour.DewPointCelsius(celsius, percent) is { } dewPoint)
            {
                Assert.InRange(dewPoint, -40, celsius + 1e-9);
                Assert.Equal(percent / 100 * WaterVapour.SaturationPascals(celsius), WaterVapour.SaturationPascals(dewPoint), 1e-6);
            }
        });

    [Fact]
    public void RelativeHumidityPercent_OtherTemperature_KeepsTheDewPoint() =>
        Gen.Select(Gen.Double[0, 45], Gen.Double[10, 90], Gen.Double[0, 45]).Sample((celsius, percent, other) =>
        {
            var moved = WaterVapour.RelativeHumidityPercent(WaterVapour.Pascals(celsius, percent), other);

            var dewPoint = WaterVapour.DewPointCelsius(celsius, percent)!.Value;
            if (moved is null)
            {
                Assert.True(other < dewPoint);
            }
            else
            {
                Assert.Equal(dewPoint, WaterVapour.DewPointCelsius(other, moved)!.Value, 1e-6);
            }
        });
}
