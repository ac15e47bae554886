using ElectricBrain.Sensors.Climate;

namespace ElectricBrain.Sensors.Tests.Climate;

public sealed class SeaLevelPressureTests
{
    /// <summary>The standard atmosphere of ISO 2533, dry: whatever the altitude, sea level has 1013.25 hPa.</summary>
    [Theory]
    [InlineData(-400, 17.60, 106_231)]
    [InlineData(0, 15.00, 101_325)]
    [InlineData(100, 14.35, 100_129)]
    [InlineData(500, 11.75, 95_461)]
    [InlineData(1000, 8.50, 89_874)]
    [InlineData(2000, 2.00, 79_495)]
    public void Pascals_StandardAtmosphere_IsThatOfSeaLevel(double metres, double celsius, double pascals) =>
        Assert.Equal(101_325, SeaLevelPressure.Pascals(pascals, metres, celsius, 0)!.Value, 30.0);

    [Fact]
    public void Pascals_WarmerOrDamperAir_IsLighter()
    {
        var cold = SeaLevelPressure.Pascals(95_000, 500, 10, 0)!.Value;
        var warm = SeaLevelPressure.Pascals(95_000, 500, 20, 0)!.Value;
        var damp = SeaLevelPressure.Pascals(95_000, 500, 20, 2_000)!.Value;

        Assert.InRange(cold - warm, 180, 220);
        Assert.InRange(warm - damp, 30, 60);
    }

    [Theory]
    [InlineData(null, 500.0, 10.0, 0.0)]
    [InlineData(95_000.0, null, 10.0, 0.0)]
    [InlineData(95_000.0, 500.0, null, 0.0)]
    [InlineData(95_000.0, 500.0, 10.0, null)]
    public void Pascals_SomethingUnknown_IsNull(double? pascals, double? metres, double? celsius, double? vapour) =>
        Assert.Null(SeaLevelPressure.Pascals(pascals, metres, celsius, vapour));
}
