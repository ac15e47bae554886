using CsCheck;
using ElectricBrain.Sensors.Devices.Mics6814;

namespace ElectricBrain.Sensors.Tests.Devices.Mics6814;

public sealed class Mics6814CurveTests
{
    /// <summary>Computed apart from this code from the published factors and exponents.</summary>
    [Theory]
    [InlineData(Mics6814Gas.CarbonMonoxide, 0.5, 9.928507)]
    [InlineData(Mics6814Gas.CarbonMonoxide, 0.1, 66.21701)]
    [InlineData(Mics6814Gas.NitrogenDioxide, 2, 0.2931769)]
    [InlineData(Mics6814Gas.Ammonia, 0.3, 5.080309)]
    [InlineData(Mics6814Gas.Ethanol, 0.25, 13.945945)]
    [InlineData(Mics6814Gas.Hydrogen, 0.4, 3.798524)]
    [InlineData(Mics6814Gas.Methane, 0.8, 1670.391)]
    [InlineData(Mics6814Gas.Propane, 0.7, 1399.7257)]
    [InlineData(Mics6814Gas.IsoButane, 0.5, 1752.2737)]
    public void IndicativePpm_RatioOfTheElement_IsThePublishedFit(Mics6814Gas gas, double ratio, double ppm)
    {
        var element = new Mics6814Element(50_000, ratio);
        var nothing = new Mics6814Element(50_000, null);
        var reading = gas switch
        {
            Mics6814Gas.NitrogenDioxide => new Mics6814Reading(element, nothing, nothing, false),
            Mics6814Gas.Ammonia or Mics6814Gas.Propane or Mics6814Gas.IsoButane => new Mics6814Reading(nothing, nothing, element, false),
            _ => new Mics6814Reading(nothing, element, nothing, false),
        };

        Assert.Equal(ppm, reading.IndicativePpm(gas)!.Value, ppm * 1e-6);
    }

    [Theory]
    [InlineData(Mics6814Gas.CarbonMonoxide, 1, 1_000)]
    [InlineData(Mics6814Gas.NitrogenDioxide, 0.05, 10)]
    [InlineData(Mics6814Gas.Ammonia, 1, 500)]
    [InlineData(Mics6814Gas.Ethanol, 10, 500)]
    [InlineData(Mics6814Gas.Hydrogen, 1, 1_000)]
    [InlineData(Mics6814Gas.Methane, 1_000, 10_000)]
    [InlineData(Mics6814Gas.Propane, 1_000, 10_000)]
    [InlineData(Mics6814Gas.IsoButane, 1_000, 10_000)]
    public void PpmWithin_BeyondTheDetectionRange_IsNull(Mics6814Gas gas, double minimum, double maximum)
    {
        var curve = Mics6814Curve.Of(gas);

        Assert.Null(curve.PpmWithin(curve.Ratio(minimum * 0.999)));
        Assert.NotNull(curve.PpmWithin(curve.Ratio(minimum * 1.001)));
        Assert.NotNull(curve.PpmWithin(curve.Ratio(maximum * 0.999)));
        Assert.Null(curve.PpmWithin(curve.Ratio(maximum * 1.001)));
    }

    [Fact]
    public void IndicativePpm_WithoutARatio_IsNull()
    {
        var element = new Mics6814Element(50_000, null);
        var reading = new Mics6814Reading(element, element, element, false);

        Assert.All(Enum.GetValues<Mics6814Gas>(), gas => Assert.Null(reading.IndicativePpm(gas)));
    }

    [Fact]
    public void IndicativePpm_UndefinedGas_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Mics6814Reading).IndicativePpm((Mics6814Gas)99));

    [Fact]
    public void Ratio_OfPpm_IsTheIdentity() =>
        Gen.Select(Gen.Enum<Mics6814Gas>(), Gen.Double[0.01, 10]).Sample((gas, ratio) =>
            Assert.Equal(ratio, Mics6814Curve.Of(gas).Ratio(Mics6814Curve.Of(gas).Ppm(ratio)), ratio * 1e-9));
}
