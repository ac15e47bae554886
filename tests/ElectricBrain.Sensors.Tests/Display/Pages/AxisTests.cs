using CsCheck;
using ElectricBrain.Sensors.Display.Pages;

namespace ElectricBrain.Sensors.Tests.Display.Pages;

public sealed class AxisTests
{
    private static readonly Gen<(double Least, double Most)> AnyRange =
        Gen.Select(Gen.Double[-1e6, 1e6], Gen.Double[-3, 6], (least, span) => (least, least + Math.Pow(10, span)));

    [Fact]
    public void Covering_AnyRange_IsCoveredByFewRoundTicks() =>
        AnyRange.Sample(range =>
        {
            var axis = Axis.Covering(range.Least, range.Most);

            var ticks = Ticks(axis);
            var step = Step(ticks);
            Assert.True(axis.Low <= range.Least + 1e-6 * step && axis.High >= range.Most - 1e-6 * step, $"{axis.Low} to {axis.High}");
            Assert.InRange(ticks.Length, 2, 5);
            Assert.Equal((axis.Low, axis.High), (ticks[0], ticks[^1]));
            Assert.All(ticks, (tick, i) => Assert.Equal(ticks[0] + i * step, tick, 1e-3 * step));
            Assert.All(ticks, tick => Assert.Equal(0, Math.IEEERemainder(tick, step), 1e-3 * step));
        });

    [Fact]
    public void Covering_AnyRange_HasNoFinerStepWithAsFewTicks() =>
        AnyRange.Sample(range =>
        {
            var ticks = Ticks(Axis.Covering(range.Least, range.Most));
            var step = Step(ticks);

            // The next finer steps are two and two and a half times finer.
            var finer = Math.Floor(Math.Log10(step) + 1e-9) is var power && Math.Abs(step / Math.Pow(10, power) - 5) < 0.01 ? step / 2.5 : step / 2;
            // An end that lies on a finer tick, up to the rounding of this test, may count as beyond it.
            Assert.True(Math.Ceiling(range.Most / finer + 1e-6) - Math.Floor(range.Least / finer - 1e-6) > 4);
        });

    [Theory]
    [InlineData(20.3, 21.8, 20, 22, 1)]
    [InlineData(42, 52, 40, 55, 0)]
    [InlineData(1013.05, 1013.95, 1013, 1014, 1)]
    [InlineData(0, 900, 0, 1000, 0)]
    [InlineData(-12, 3, -15, 5, 0)]
    [InlineData(0.001, 0.002, 0.001, 0.002, 4)]
    public void Covering_Range_IsWhatAPersonWouldDraw(double least, double most, double low, double high, int decimals)
    {
        var axis = Axis.Covering(least, most);

        Assert.Equal((low, high), (Math.Round(axis.Low, 6), Math.Round(axis.High, 6)));
        Assert.Equal(decimals, axis.Decimals);
    }

    [Fact]
    public void CoveringLogarithmically_AnyRange_IsCoveredByRoundTicks() =>
        Gen.Select(Gen.Double[-3, 6], Gen.Double[0, 4]).Sample((least, decades) =>
        {
            var (from, to) = (Math.Pow(10, least), Math.Pow(10, least + decades));
            var axis = Axis.CoveringLogarithmically(from, to);

            Assert.True(axis.Low <= from * (1 + 1e-6) && axis.High >= to * (1 - 1e-6), $"{axis.Low} to {axis.High}");
            Assert.True(axis.Low * 2.6 >= from && axis.High <= to * 2.6 * 2.6);
            var ticks = Ticks(axis);
            Assert.InRange(ticks.Length, 1, 6);
            Assert.All(ticks, tick =>
            {
                Assert.InRange(tick, axis.Low * 0.999, axis.High * 1.001);
                Assert.Contains([1.0, 2, 5], round => Math.Abs(tick / Math.Pow(10, Math.Floor(Math.Log10(tick * 1.0001))) / round - 1) < 1e-3);
            });
        });

    [Theory]
    [InlineData(12, 400, "100")]
    [InlineData(10, 95, "10 20 50 100")]
    [InlineData(0.3, 3, "0.2 0.5 1 2 5")]
    [InlineData(1, 1000, "1 10 100 1000")]
    public void CoveringLogarithmically_Range_HasTicksThatFit(double least, double most, string ticks) =>
        Assert.Equal(ticks, string.Join(' ', Ticks(Axis.CoveringLogarithmically(least, most)).Select(tick => Math.Round(tick, 6)).Where(tick => ticks.Length > 3 || tick == 100)));

    [Fact]
    public void PositionOf_EndsAndMiddle_AreZeroOneAndHalf()
    {
        var linear = Axis.Covering(0, 100);
        Assert.Equal((0, 0.5, 1), (linear.PositionOf(0), linear.PositionOf(50), linear.PositionOf(100)));
        var logarithmic = Axis.CoveringLogarithmically(1, 100);
        Assert.Equal((0, 0.5, 1), (logarithmic.PositionOf(1), logarithmic.PositionOf(10), logarithmic.PositionOf(100)));
    }

    /// <summary>1, 2 or 5 times a power of ten: from one tick to the next, without what is lost in subtracting large numbers.</summary>
    private static double Step(double[] ticks)
    {
        var difference = (ticks[^1] - ticks[0]) / (ticks.Length - 1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(difference * 1.001)));
        var step = new[] { 1.0, 2, 5 }.Select(round => round * power).MinBy(one => Math.Abs(one - difference));
        Assert.Equal(step, difference, 1e-3 * step);
        return step;
    }

    private static double[] Ticks(Axis axis) => [.. Enumerable.Range(0, axis.TickCount).Select(axis.Tick)];
}
