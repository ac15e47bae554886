using System.Text.Json;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Clock;

/// <summary>A board without a battery is started, and set right some time later, or never.</summary>
public sealed class ClockCorrectionTests
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    private readonly UnreliableDisk _disk = new(new Random(1));
    private readonly BoardClock _clock = new(Samples.Start);

    public ClockCorrectionTests() => _clock.Reboot(Epoch);

    [Fact]
    public void Read_ClockNotSet_HoldsEverythingUntilItIsAndDatesItRight()
    {
        using var agent = new RecordingAgent(_disk, _clock);
        Assert.Equal(ClockState.Awaited, agent.State);
        var taken = WriteEverySecond(agent, 3);
        Assert.Empty(agent.Read());
        Assert.False(agent.Poll());

        _clock.Synchronise();
        agent.Write(3);
        taken.Add(_clock.TrueTime);
        Assert.Empty(agent.Read());
        Assert.True(agent.Poll());
        _clock.Advance(TimeSpan.FromSeconds(1));
        agent.Write(4);
        taken.Add(_clock.TrueTime);

        Assert.Equal(ClockState.Synchronized, agent.State);
        var read = agent.Read().Select(Parse).ToArray();
        Assert.Equal(taken, read.Select(static record => record.Time));
        Assert.Equal(["corrected", "corrected", "corrected", "corrected", null], read.Select(static record => record.Clock));
        Assert.Equal([0, 1, 2, 3, 4], read.Select(static record => record.Value));
    }

    [Fact]
    public void Read_TakenBeforeTheClockWasSetAndWrittenAfter_IsDatedRightToo()
    {
        using var agent = new RecordingAgent(_disk, _clock);
        var (before, taken) = (_clock.GetUtcNow(), _clock.TrueTime);
        _clock.Advance(TimeSpan.FromMilliseconds(40));
        _clock.Synchronise();
        agent.Write(0, stamp: before);
        agent.Poll();
        agent.Write(1, stamp: before);
        Assert.Equal([(taken, "corrected"), (taken.AddMilliseconds(1), "corrected")], agent.Read().Select(Parse).Select(static record => (record.Time, record.Clock)));
    }

    [Fact]
    public void Read_TimeThatTheCallerHasFromElsewhere_IsKept()
    {
        using var agent = new RecordingAgent(_disk, _clock);
        agent.Write(0, stamp: Samples.Start.AddDays(-3));
        Assert.Equal((Samples.Start.AddDays(-3), null, 0), Parse(Assert.Single(agent.Read())));
    }

    [Fact]
    public void Read_ProcessStartedAgainInTheSameBoot_GoesOnHolding()
    {
        List<DateTimeOffset> taken;
        using (var first = new RecordingAgent(_disk, _clock))
        {
            taken = WriteEverySecond(first, 2);
        }

        _clock.Advance(TimeSpan.FromSeconds(10));
        using var second = new RecordingAgent(_disk, _clock);
        Assert.Empty(second.Read());
        _clock.Synchronise();
        second.Poll();
        Assert.Equal(taken, second.Read().Select(static line => Parse(line).Time));
    }

    [Fact]
    public void Begin_SetWhileNoProcessRan_DatesWhatWasHeld()
    {
        List<DateTimeOffset> taken;
        using (var first = new RecordingAgent(_disk, _clock))
        {
            taken = WriteEverySecond(first, 2);
        }

        _clock.Advance(TimeSpan.FromSeconds(10));
        _clock.Synchronise();
        using var second = new RecordingAgent(_disk, _clock);
        Assert.Equal(taken.Select(static time => (time, (string?)"corrected")), second.Read().Select(Parse).Select(static record => (record.Time, record.Clock)));
    }

    [Fact]
    public void Begin_NextBootWithoutEverHavingBeenSet_KeepsWhatTheMachineBelievedInOrder()
    {
        _clock.Synchronise();
        using (var right = new RecordingAgent(_disk, _clock))
        {
            right.Write(0);
        }

        // Back in 1970: the boot cannot have been before what is stored already.
        _clock.Reboot(Epoch);
        using (var wrong = new RecordingAgent(_disk, _clock))
        {
            WriteEverySecond(wrong, 3);
            Assert.Single(wrong.Read());
        }

        _clock.Reboot(Epoch);
        using var next = new RecordingAgent(_disk, _clock);
        next.Write(9);
        var read = next.Read().Select(Parse).ToArray();
        Assert.Equal([null, "unsynchronised", "unsynchronised", "unsynchronised"], read.Select(static record => record.Clock));
        Assert.Equal(read.Select(static record => record.Time).Order(), read.Select(static record => record.Time));
        Assert.Equal(TimeSpan.FromSeconds(2), read[3].Time - read[1].Time);

        // The new boot is set, and stands behind them all.
        _clock.Synchronise();
        next.Poll();
        Assert.Equal(read.Select(static record => record.Time), next.Read().Take(4).Select(static line => Parse(line).Time));
        Assert.Equal((_clock.TrueTime, "corrected", 9), Parse(next.Read()[4]));
    }

    [Fact]
    public void Poll_PatienceAtItsEnd_LetsThemGoMarkedAndStaysSo()
    {
        using (var agent = new RecordingAgent(_disk, _clock, TimeSpan.FromMinutes(1)))
        {
            WriteEverySecond(agent, 3);
            _clock.Advance(TimeSpan.FromMinutes(1));
            Assert.True(agent.Poll());
            Assert.Equal(ClockState.Unsynchronized, agent.State);
            agent.Write(3);
            Assert.All(agent.Read(), static line => Assert.Equal("unsynchronised", Parse(line).Clock));
            Assert.Equal([Epoch, Epoch.AddSeconds(1), Epoch.AddSeconds(2), Epoch.AddSeconds(63)], agent.Read().Select(static line => Parse(line).Time));

            // What left cannot be called back; what comes is right.
            _clock.Synchronise();
            agent.Poll();
            agent.Write(4);
            Assert.Equal((_clock.TrueTime, null, 4), Parse(agent.Read()[4]));
        }

        using var later = new RecordingAgent(_disk, _clock);
        Assert.Equal(Epoch, Parse(later.Read()[0]).Time);
    }

    [Fact]
    public void Poll_SetByHand_DatesThisBootByIt()
    {
        using var agent = new RecordingAgent(_disk, _clock, TimeSpan.FromMinutes(1));
        WriteEverySecond(agent, 2);
        _clock.Set(_clock.TrueTime.AddSeconds(5));
        agent.Poll();
        _clock.Advance(TimeSpan.FromMinutes(1));
        agent.Poll();
        Assert.Equal([Samples.Start.AddSeconds(5), Samples.Start.AddSeconds(6)], agent.Read().Select(static line => Parse(line).Time));
    }

    [Fact]
    public void Begin_SynchronisationRanOutSince_HoldsNothing()
    {
        _clock.Synchronise();
        new RecordingAgent(_disk, _clock).Dispose();
        _clock.LoseSynchronisation();
        using var agent = new RecordingAgent(_disk, _clock);
        agent.Write(1);
        Assert.Equal((_clock.TrueTime, null, 1), Parse(Assert.Single(agent.Read())));
    }

    [Fact]
    public void Write_RepeatedAfterItFailed_IsTheSameRecord()
    {
        using var agent = new RecordingAgent(_disk, _clock);
        agent.WriteInVain(1);
        agent.Write(1);
        _clock.Synchronise();
        agent.Poll();
        Assert.Equal(_clock.TrueTime, Parse(Assert.Single(agent.Read())).Time);
    }

    [Fact]
    public void Read_DecisionsDamagedOnDisk_LeavesUnderTheTimeOfTheReading()
    {
        using (var agent = new RecordingAgent(_disk, _clock))
        {
            WriteEverySecond(agent, 2);
        }

        _clock.Reboot(Epoch);
        _disk.Replace("clock", [1, 2, 3]);
        using var next = new RecordingAgent(_disk, _clock);
        Assert.Equal([(Epoch, "unsynchronised"), (Epoch.AddSeconds(1), "unsynchronised")], next.Read().Select(Parse).Select(static record => (record.Time, record.Clock)));
    }

    [Fact]
    public void Begin_ManyBoots_ForgetsThoseThatTheLogNeedsNoMore()
    {
        for (var boot = 0; boot < 100; boot++)
        {
            _clock.Reboot(Epoch);
            new RecordingAgent(_disk, _clock).Dispose();
        }

        Assert.InRange(_disk.Contents("clock").Length, 1, 200);
    }

    private List<DateTimeOffset> WriteEverySecond(RecordingAgent agent, int count)
    {
        var taken = new List<DateTimeOffset>();
        for (var i = 0; i < count; i++)
        {
            taken.Add(_clock.TrueTime);
            agent.Write(i);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        return taken;
    }

    private static (DateTimeOffset Time, string? Clock, double Value) Parse(string line)
    {
        var root = JsonDocument.Parse(line).RootElement;
        return (root.GetProperty("@timestamp").GetDateTimeOffset(), root.TryGetProperty("clock", out var clock) ? clock.GetString() : null, root.GetProperty("value").GetDouble());
    }
}
