using CsCheck;
using ElectricBrain.Sensors.Sampling;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Sensors.Tests.Sampling;

public sealed class SamplingScheduleTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void TryTakeDue_AtTheStart_FindsEverySensorDueOnce()
    {
        var schedule = new SamplingSchedule([Second, 2 * Second], _time);

        Assert.True(schedule.TryTakeDue(out _));
        Assert.True(schedule.IsDue(0) && schedule.IsDue(1));
        Assert.False(schedule.TryTakeDue(out var wait));
        Assert.Equal(Second, wait);
    }

    [Fact]
    public void TryTakeDue_SensorsOfDifferentRates_MergesThemIntoOneSchedule()
    {
        var schedule = new SamplingSchedule([TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(250), Second], _time);
        var taken = new int[3];
        for (var elapsed = TimeSpan.Zero; elapsed < 10 * Second;)
        {
            Assert.True(schedule.TryTakeDue(out _));
            for (var sensor = 0; sensor < taken.Length; sensor++)
            {
                taken[sensor] += schedule.IsDue(sensor) ? 1 : 0;
            }

            Assert.False(schedule.TryTakeDue(out var wait));
            _time.Advance(wait);
            elapsed += wait;
        }

        Assert.Equal([100, 40, 10], taken);
    }

    [Fact]
    public void TryTakeDue_CallerBusyBeyondOneTick_TakesItLateAndKeepsTheGrid()
    {
        var schedule = new SamplingSchedule([Second], _time);
        schedule.TryTakeDue(out _);
        _time.Advance(1.4 * Second);

        Assert.True(schedule.TryTakeDue(out _));
        Assert.Equal(0, schedule.Skipped(0));
        Assert.False(schedule.TryTakeDue(out var wait));
        Assert.Equal(0.6 * Second, wait);
    }

    [Fact]
    public void TryTakeDue_CallerBusyBeyondSeveralTicks_TakesTheLastAndSkipsTheOthers()
    {
        var schedule = new SamplingSchedule([Second, 10 * Second], _time);
        schedule.TryTakeDue(out _);
        _time.Advance(4.5 * Second);

        Assert.True(schedule.TryTakeDue(out _));
        Assert.True(schedule.IsDue(0));
        Assert.Equal(3, schedule.Skipped(0));
        Assert.False(schedule.IsDue(1));
        Assert.Equal(0, schedule.Skipped(1));
    }

    [Fact]
    public void TryTakeDue_ClockOnTheWallSet_MovesNoTick()
    {
        var time = new MovableClock();
        var schedule = new SamplingSchedule([Second], time);
        schedule.TryTakeDue(out _);

        time.Wall -= TimeSpan.FromDays(400);
        Assert.False(schedule.TryTakeDue(out var wait));
        Assert.Equal(Second, wait);
        time.Wall += TimeSpan.FromDays(4000);
        Assert.False(schedule.TryTakeDue(out wait));
        Assert.Equal(Second, wait);
    }

    [Fact]
    public void TryTakeDue_AnyWork_NeverLeavesTheGridAndCountsEveryTick() =>
        Gen.Select(Gen.Int[1, 3_000].Array[1, 4], Gen.Int[0, 5_000].Array[1, 60]).Sample((intervals, work) =>
        {
            var time = new FakeTimeProvider();
            var start = time.GetTimestamp();
            var schedule = new SamplingSchedule([.. intervals.Select(static interval => TimeSpan.FromMilliseconds(interval))], time);
            var counted = new long[intervals.Length];
            foreach (var milliseconds in work)
            {
                if (!schedule.TryTakeDue(out var wait))
                {
                    time.Advance(wait);
                    Assert.True(schedule.TryTakeDue(out _));
                    var elapsed = (long)time.GetElapsedTime(start).TotalMilliseconds;
                    Assert.Contains(intervals, interval => elapsed % interval == 0);
                }

                for (var sensor = 0; sensor < intervals.Length; sensor++)
                {
                    counted[sensor] += schedule.Skipped(sensor) + (schedule.IsDue(sensor) ? 1 : 0);
                    Assert.Equal((long)time.GetElapsedTime(start).TotalMilliseconds / intervals[sensor] + 1, counted[sensor]);
                }

                time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            }
        });

    private sealed class MovableClock : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = DateTimeOffset.UnixEpoch.AddYears(50);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => 42;
    }
}
