using CsCheck;
using ElectricBrain.Sensors.Devices.Ads1015;
using ElectricBrain.Sensors.Devices.Mics6814;

namespace ElectricBrain.Sensors.Tests.Devices.Mics6814;

public sealed class Mics6814DividerTests
{
    [Theory]
    [InlineData(1.65, 56_000)]
    [InlineData(0.3, 5_600)]
    [InlineData(3.0, 560_000)]
    public void Ohms_VoltageOfTheDivider_IsTheElement(double volts, double ohms) =>
        Assert.Equal(ohms, Mics6814Divider.Ohms(volts)!.Value, 1e-6);

    [Theory]
    [InlineData(3.3)]
    [InlineData(3.31)]
    [InlineData(0.0)]
    [InlineData(-0.002)]
    [InlineData(0.002)]
    [InlineData(3.298)]
    [InlineData(double.NaN)]
    public void Ohms_VoltageOfNoWorkingElement_IsNull(double volts) => Assert.Null(Mics6814Divider.Ohms(volts));

    [Fact]
    public void Ohms_NoVoltage_IsNull() => Assert.Null(Mics6814Divider.Ohms(null));

    [Fact]
    public void Ohms_OfVolts_IsTheIdentity() =>
        Gen.Double[Mics6814Divider.MinimumOhms, Mics6814Divider.MaximumOhms].Sample(ohms =>
            Assert.Equal(ohms, Mics6814Divider.Ohms(Mics6814Divider.Volts(ohms))!.Value, ohms * 1e-9));

    [Fact]
    public void RangeFor_AnyVoltage_HasRoomForAThirdMore() =>
        Gen.Double[0, 3.07].Sample(volts => Assert.True(volts * 4 / 3 < Mics6814Divider.RangeFor(volts).FullScaleVolts()));

    [Theory]
    [InlineData(0.1, Ads1015Range.Mv256)]
    [InlineData(0.3, Ads1015Range.Mv512)]
    [InlineData(0.7, Ads1015Range.Mv1024)]
    [InlineData(1.5, Ads1015Range.Mv2048)]
    [InlineData(3.2, Ads1015Range.Mv4096)]
    [InlineData(-0.1, Ads1015Range.Mv4096)]
    public void RangeFor_Voltage_IsTheMostSensitiveThatFits(double volts, Ads1015Range range) => Assert.Equal(range, Mics6814Divider.RangeFor(volts));
}
