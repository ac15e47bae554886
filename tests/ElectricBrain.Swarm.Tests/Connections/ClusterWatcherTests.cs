using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Tests.Engines;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Swarm.Tests.Connections;

public sealed class ClusterWatcherTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedEngine _engine = new();
    private readonly SilentStream _events = new();
    private readonly EngineConnection _connection;
    private readonly IAsyncEnumerator<ClusterObservation> _observations;

    public ClusterWatcherTests()
    {
        _engine.Events = () => _events;
        _engine.Add("nodes", """{"ID":"n1","Description":{"Hostname":"pi4"},"Spec":{"Role":"manager"},"Status":{"State":"ready"}}""");
        _connection = EngineConnection.Over(_engine, _time);
        _observations = new ClusterWatcher(_connection).WatchAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    [Fact]
    public async Task WatchAsync_Started_GivesTheClusterAtOnce()
    {
        ClusterObservation first = await NextAsync();
        Assert.True(first.IsLive);
        Assert.Equal("pi4", Assert.Single(first.Snapshot.Nodes).Hostname);
        Assert.Equal(_time.GetUtcNow(), first.ReadAt);
    }

    [Fact]
    public async Task WatchAsync_Event_GivesTheChangeAfterTheWindowAndOnlyOne()
    {
        await NextAsync();
        Task<ClusterObservation> next = NextAsync();
        _engine.Change("nodes", "n1", node => node["Spec"]!["Availability"] = "drain");
        for (int i = 0; i < 20; i++)
        {
            await _events.EmitAsync("""{"Type":"node","Action":"update","Actor":{"ID":"n1"},"scope":"swarm","time":1,"timeNano":1}""");
        }

        ClusterObservation changed = await AdvanceUntilAsync(next, TimeSpan.FromMilliseconds(50));
        Assert.Equal(NodeAvailability.Drain, changed.Snapshot.Nodes[0].Availability);
        Assert.True(_time.GetUtcNow() - changed.ReadAt < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task WatchAsync_ChangeWithoutEvent_IsFoundByThePoll()
    {
        await NextAsync();
        Task<ClusterObservation> next = NextAsync();
        _engine.Add("tasks", """{"ID":"t1","ServiceID":"s1","DesiredState":"running","Status":{"State":"running"}}""");
        Assert.Single((await AdvanceUntilAsync(next, TimeSpan.FromSeconds(1))).Snapshot.Tasks);
    }

    [Fact]
    public async Task WatchAsync_NothingChanges_ReadsButGivesNothing()
    {
        await NextAsync();
        Task<ClusterObservation> next = NextAsync();
        int before = _engine.Requests.Count(request => request.Path == "/nodes");
        while (_engine.Requests.Count(request => request.Path == "/nodes") < before + 3)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task WatchAsync_EngineLostAndBack_TellsBothAndKeepsTheLastSnapshot()
    {
        await NextAsync();
        _engine.Fault = _ => throw new HttpRequestException("gone");
        _events.Break();
        ClusterObservation lost = await AdvanceUntilAsync(NextAsync(), TimeSpan.FromMilliseconds(100));
        Assert.False(lost.IsLive);
        Assert.Equal(EngineFailure.Unreachable, lost.Fault!.Failure);
        Assert.Single(lost.Snapshot.Nodes);

        _engine.Events = () => new SilentStream();
        _engine.Fault = null;
        ClusterObservation back = await AdvanceUntilAsync(NextAsync(), TimeSpan.FromMilliseconds(100));
        Assert.True(back.IsLive);
    }

    [Fact]
    public async Task WatchAsync_EngineDown_IsAskedEverMoreSeldom()
    {
        _engine.Fault = request => request.Path == "/_ping" ? throw new HttpRequestException("down") : null;
        Assert.False((await NextAsync()).IsLive);
        Task<ClusterObservation> next = NextAsync();
        DateTimeOffset until = _time.GetUtcNow() + TimeSpan.FromMinutes(5);
        while (_time.GetUtcNow() < until)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        // Two loops, each at 0.5, 1, 2, 4, 8 and then every 15 s: about 25 attempts each in 5 minutes.
        Assert.InRange(_engine.Requests.Count, 10, 80);
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task WatchAsync_Cancelled_Ends()
    {
        using var source = new CancellationTokenSource();
        await using IAsyncEnumerator<ClusterObservation> watch = new ClusterWatcher(_connection).WatchAsync(source.Token).GetAsyncEnumerator(source.Token);
        Assert.True(await watch.MoveNextAsync());
        ValueTask<bool> next = watch.MoveNextAsync();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    private async Task<ClusterObservation> NextAsync()
    {
        Assert.True(await _observations.MoveNextAsync());
        return _observations.Current;
    }

    private async Task<ClusterObservation> AdvanceUntilAsync(Task<ClusterObservation> next, TimeSpan step)
    {
        while (!next.IsCompleted)
        {
            _time.Advance(step);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        return await next;
    }
}
