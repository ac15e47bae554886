using CsCheck;
using ElectricBrain.Samples.SensorAgent.Sampling;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Samples.Tests.SensorAgent;

public sealed class TickScheduleTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task WaitForNext_WorkOfDifferentLength_TicksAtMultiplesOfTheInterval()
    {
        var schedule = new TickSchedule(Interval, _time);
        var start = _time.GetTimestamp();
        foreach (var (work, tick) in new[] { (10, 1), (990, 2), (0, 3), (500, 4) })
        {
            _time.Advance(TimeSpan.FromMilliseconds(work));
            var wait = schedule.WaitForNextAsync(TestContext.Current.CancellationToken).AsTask();
            _time.Advance(TimeSpan.FromMilliseconds(1000 - work - 1));
            Assert.False(wait.IsCompleted);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await wait;

            Assert.Equal(tick * Interval, _time.GetElapsedTime(start));
        }

        Assert.Equal(0, schedule.Skipped);
    }

    [Fact]
    public async Task WaitForNext_WorkLongerThanTheInterval_SkipsTheTicksThatPassed()
    {
        var schedule = new TickSchedule(Interval, _time);
        var start = _time.GetTimestamp();
        _time.Advance(3.5 * Interval);

        var wait = schedule.WaitForNextAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(wait.IsCompleted);
        _time.Advance(0.5 * Interval);
        await wait;

        Assert.Equal(4 * Interval, _time.GetElapsedTime(start));
        Assert.Equal(3, schedule.Skipped);
    }

    [Fact]
    public void WaitForNext_AnyWork_NeverLeavesTheGridAndCountsEveryTick() =>
        Gen.Int[0, 5_000].Array[1, 50].Sample(work =>
        {
            var time = new FakeTimeProvider();
            var schedule = new TickSchedule(Interval, time);
            var start = time.GetTimestamp();
            var ticks = 0;
            foreach (var milliseconds in work)
            {
                time.Advance(TimeSpan.FromMilliseconds(milliseconds));
                var wait = schedule.WaitForNextAsync(CancellationToken.None).AsTask();
                while (!wait.IsCompleted)
                {
                    time.Advance(TimeSpan.FromMilliseconds(1));
                }

                ticks++;
                var elapsed = time.GetElapsedTime(start);
                Assert.Equal(0, elapsed.Ticks % Interval.Ticks);
                Assert.Equal(elapsed.Ticks / Interval.Ticks, ticks + schedule.Skipped);
            }
        });

    [Fact]
    public async Task WaitForNext_Cancelled_EndsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        var wait = new TickSchedule(Interval, _time).WaitForNextAsync(stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }
}
