using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Display.Pages;
using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Tests.Display.Pages;

public sealed class SeriesTests
{
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(5);

    [Fact]
    public void TryGetValue_BeforeTheFirst_SaysSo() => Assert.Equal(Absence.NotYet, AbsenceOf(New(), TimeSpan.FromDays(1)));

    [Fact]
    public void TryGetValue_SensorFails_IsMissingAtOnceWithTheReason()
    {
        var series = New();
        series.Take(TimeSpan.FromSeconds(1), 21, Absence.None);
        series.Take(TimeSpan.FromSeconds(2), null, Absence.Of(SensorState.Failed, SensorFault.NoAnswer));

        Assert.Equal("no answer", AbsenceOf(series, TimeSpan.FromSeconds(2))?.Reason);
    }

    [Theory]
    [InlineData(SensorState.Retrying, SensorFault.NoAnswer, "retrying")]
    [InlineData(SensorState.WarmingUp, SensorFault.None, "warming up")]
    [InlineData(SensorState.Failed, SensorFault.WrongChip, "wrong chip")]
    [InlineData(SensorState.Failed, (SensorFault)99, "failed")]
    public void Of_EveryState_HasAReasonOfItsOwn(SensorState state, SensorFault fault, string reason) => Assert.Equal(reason, Absence.Of(state, fault).Reason);

    [Fact]
    public void TryGetValue_NoNewReading_IsStaleAfterAWhile()
    {
        var series = New();
        series.Take(TimeSpan.FromSeconds(1), 21, Absence.None);

        Assert.Null(AbsenceOf(series, TimeSpan.FromSeconds(6)));
        Assert.Equal(Absence.Stale, AbsenceOf(series, TimeSpan.FromSeconds(6.1)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(null)]
    public void Take_WorkingSensorWithoutANumber_IsOutOfRange(double? value)
    {
        var series = New();
        series.Take(TimeSpan.FromSeconds(1), value, Absence.None);

        Assert.Equal(Absence.OutOfRange, AbsenceOf(series, TimeSpan.FromSeconds(1)));
        Assert.Null(series.Range.Axis);
    }

    [Fact]
    public void Take_ValueOfAWarmingSensor_IsShown()
    {
        var series = New(Measurands.Reducing);
        series.Take(TimeSpan.FromSeconds(1), 250, Absence.WarmingUp);

        Assert.Null(AbsenceOf(series, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Take_ZeroOnALogarithmicAxis_IsOutOfRange()
    {
        var series = New(Measurands.Reducing);
        series.Take(TimeSpan.FromSeconds(1), 0, Absence.None);

        Assert.Equal(Absence.OutOfRange, AbsenceOf(series, TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData(0, "Steady")]
    [InlineData(0.02, "Rising")]
    [InlineData(-0.02, "Falling")]
    public void TrendAt_ValuesOfAMinute_TellWhereTheyHead(double perSecond, string trend)
    {
        var series = New();
        for (var second = 0; second < 60; second++)
        {
            series.Take(TimeSpan.FromSeconds(second), 20 + perSecond * second, Absence.None);
        }

        Assert.Equal(trend, series.TrendAt(TimeSpan.FromSeconds(59)).ToString());
    }

    [Fact]
    public void TrendAt_FirstValue_IsUnknown()
    {
        var series = New();
        series.Take(TimeSpan.FromSeconds(100), 20, Absence.None);

        Assert.Equal(Trend.None, series.TrendAt(TimeSpan.FromSeconds(100)));
    }

    private static Series New(Measurand? measurand = null) => new(measurand ?? Measurands.Temperature, 60, TimeSpan.FromSeconds(1), StaleAfter);

    private static Absence? AbsenceOf(Series series, TimeSpan now) => series.TryGetValue(now, out _, out var absence) ? null : absence;
}
