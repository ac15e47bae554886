using CsCheck;
using ElectricBrain.Sensors.Display.Pages;

namespace ElectricBrain.Sensors.Tests.Display.Pages;

public sealed class AxisRangeTests
{
    [Fact]
    public void Cover_AnyValues_AreAlwaysOnTheAxis() =>
        Gen.Select(Gen.Double[-40, 85], Gen.Double[-40, 85]).Array[1, 30].Sample(spans =>
        {
            var range = new AxisRange(Measurands.Temperature);
            foreach (var (one, other) in spans)
            {
                range.Cover(Math.Min(one, other), Math.Max(one, other));

                Assert.True(range.Axis!.Value.Low <= Math.Min(one, other) + 1e-6 && Math.Max(one, other) <= range.Axis.Value.High + 1e-6);
            }
        });

    [Fact]
    public void Cover_ValueJustOutside_GrowsTheAxisAtOnce()
    {
        var range = new AxisRange(Measurands.Temperature);
        range.Cover(20.1, 21.9);
        var before = range.Axis!.Value;

        range.Cover(20.1, 22.1);

        Assert.Equal((20, 22), (before.Low, before.High));
        Assert.True(range.Axis.Value.High >= 22.5);
    }

    [Fact]
    public void Cover_SlightlySmallerRange_KeepsTheAxisUntilHalfWouldDo()
    {
        var range = new AxisRange(Measurands.Temperature);
        range.Cover(10, 30);
        var wide = range.Axis;

        range.Cover(10, 27);
        Assert.Equal(wide, range.Axis);

        range.Cover(20, 27);
        Assert.NotEqual(wide, range.Axis);
    }

    [Fact]
    public void Cover_ValuesThatSwingAroundATick_DoNotChangeTheAxisTwice()
    {
        var range = new AxisRange(Measurands.Temperature);
        range.Cover(20, 21.99);
        range.Cover(20, 22.01);
        var grown = range.Axis;

        foreach (var most in new[] { 21.99, 22.01, 21.98, 22.02 })
        {
            range.Cover(20, most);
            Assert.Equal(grown, range.Axis);
        }
    }

    [Fact]
    public void Cover_NoiseAlone_IsSpreadNoFurtherThanTheLeastSpan()
    {
        var range = new AxisRange(Measurands.Pressure);

        range.Cover(1013.24, 1013.26);

        Assert.InRange(range.Axis!.Value.High - range.Axis.Value.Low, 1, 2);
    }

    [Fact]
    public void Cover_QuantityWithLimits_StaysWithinThem()
    {
        var light = new AxisRange(Measurands.Light);
        light.Cover(0.2, 0.3);
        Assert.Equal(0, light.Axis!.Value.Low);

        var humidity = new AxisRange(Measurands.Humidity);
        humidity.Cover(99.8, 99.9);
        Assert.Equal(100, humidity.Axis!.Value.High, 1e-9);
    }

    [Fact]
    public void Cover_LogarithmicQuantity_SpansAtLeastItsRatio()
    {
        var range = new AxisRange(Measurands.Ammonia);

        range.Cover(95, 105);

        Assert.InRange(range.Axis!.Value.High / range.Axis.Value.Low, 4, 25);
    }
}
