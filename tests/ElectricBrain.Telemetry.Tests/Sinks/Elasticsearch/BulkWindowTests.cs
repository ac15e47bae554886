using CsCheck;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;

namespace ElectricBrain.Telemetry.Tests.Sinks.Elasticsearch;

public sealed class BulkWindowTests
{
    private static readonly BatchLimits Limits = new(2000, 1 << 20, TimeSpan.FromSeconds(1));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Succeeded_FullRequests_AddsOneRequestAtATimeUpToTheLimit()
    {
        var window = new BulkWindow(Limits, 3);
        var seen = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            seen.Add(window.Concurrency);
            await OneAsync(window, static passage => passage.Succeeded(wasFull: true));
        }

        Assert.Equal([1, 2, 3, 3], seen);
    }

    [Fact]
    public async Task Succeeded_WithoutABacklog_StaysAtOneRequest()
    {
        var window = new BulkWindow(Limits, 3);
        await OneAsync(window, static passage => passage.Succeeded(wasFull: false));
        Assert.Equal(1, window.Concurrency);
    }

    [Fact]
    public async Task Overloaded_AgainAndAgain_HalvesBothAndComesBackInSteps()
    {
        var window = await WidenedAsync(4);
        await OneAsync(window, static passage => passage.Overloaded());
        Assert.Equal((2, 1000), (window.Concurrency, window.Request.MaxRecords));
        await OneAsync(window, static passage => passage.Overloaded());
        Assert.Equal((1, 500), (window.Concurrency, window.Request.MaxRecords));
        await OneAsync(window, static passage => passage.Succeeded(wasFull: true));
        Assert.Equal((1, 625), (window.Concurrency, window.Request.MaxRecords));
    }

    [Fact]
    public async Task Overloaded_AllThatWereUnderWayTogether_HalvesOnce()
    {
        var window = await WidenedAsync(4);
        using (var first = await window.EnterAsync(Cancel))
        using (var second = await window.EnterAsync(Cancel))
        {
            first.Overloaded();
            second.Overloaded();
        }

        Assert.Equal((2, 1000), (window.Concurrency, window.Request.MaxRecords));
    }

    [Fact]
    public async Task EnterAsync_WindowFull_WaitsItsTurn()
    {
        var window = new BulkWindow(Limits, 3);
        var first = await window.EnterAsync(Cancel);
        var second = window.EnterAsync(Cancel).AsTask();
        var third = window.EnterAsync(Cancel).AsTask();
        Assert.Equal((1, false, false), (window.InFlight, second.IsCompleted, third.IsCompleted));
        first.Dispose();
        using (await second)
        {
            Assert.Equal((1, false), (window.InFlight, third.IsCompleted));
        }

        (await third).Dispose();
        Assert.Equal(0, window.InFlight);
    }

    [Fact]
    public async Task EnterAsync_CancelledWhileWaiting_TakesNoPlace()
    {
        var window = new BulkWindow(Limits, 3);
        var first = await window.EnterAsync(Cancel);
        using var gaveUp = new CancellationTokenSource();
        var second = window.EnterAsync(gaveUp.Token).AsTask();
        var third = window.EnterAsync(Cancel).AsTask();
        await gaveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();
        (await third).Dispose();
        Assert.Equal(0, window.InFlight);
    }

    [Fact]
    public Task Limits_AfterAnything_StayWithinBounds() =>
        Gen.Int[0, 3].Array[0, 300].SampleAsync(async actions =>
        {
            var window = new BulkWindow(Limits, 5);
            foreach (var action in actions)
            {
                using var passage = await window.EnterAsync(CancellationToken.None);
                switch (action)
                {
                    case 0:
                        passage.Overloaded();
                        break;
                    case 1:
                        passage.Failed();
                        break;
                    default:
                        passage.Succeeded(action == 3);
                        break;
                }

                Assert.InRange(window.Concurrency, 1, 5);
                Assert.InRange(window.Request.MaxRecords, 1, 2000);
            }
        });

    private static async Task<BulkWindow> WidenedAsync(int concurrency)
    {
        var window = new BulkWindow(Limits, concurrency);
        for (var i = 1; i < concurrency; i++)
        {
            await OneAsync(window, static passage => passage.Succeeded(wasFull: true));
        }

        return window;
    }

    private static async Task OneAsync(BulkWindow window, Action<BulkWindow.Passage> told)
    {
        using var passage = await window.EnterAsync(Cancel);
        told(passage);
    }
}
