using CsCheck;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;

namespace ElectricBrain.Telemetry.Tests.Sinks.Elasticsearch;

public sealed class BulkWindowTests
{
    private static readonly BatchLimits Limits = new(2000, 1 << 20, TimeSpan.FromSeconds(1));

    [Fact]
    public void Succeeded_FullBatches_AddsOneRequestAtATimeUpToTheLimit()
    {
        var window = new BulkWindow(Limits, 3);
        var seen = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            seen.Add(window.Concurrency);
            window.Succeeded(wasFull: true);
        }

        Assert.Equal([1, 2, 3, 3], seen);
        Assert.Equal((6000, 3 << 20), (window.Batch.MaxRecords, window.Batch.MaxBytes));
    }

    [Fact]
    public void Succeeded_WithoutABacklog_StaysAtOneRequest()
    {
        var window = new BulkWindow(Limits, 3);
        window.Succeeded(wasFull: false);
        Assert.Equal(1, window.Concurrency);
    }

    [Fact]
    public void Overloaded_AgainAndAgain_HalvesBothAndComesBackInSteps()
    {
        var window = new BulkWindow(Limits, 4);
        Enumerable.Range(0, 3).ToList().ForEach(_ => window.Succeeded(wasFull: true));
        window.Overloaded();
        Assert.Equal((2, 1000), (window.Concurrency, window.Request.MaxRecords));
        window.Overloaded();
        Assert.Equal((1, 500), (window.Concurrency, window.Request.MaxRecords));
        window.Succeeded(wasFull: true);
        Assert.Equal((1, 625), (window.Concurrency, window.Request.MaxRecords));
    }

    [Fact]
    public void Limits_AfterAnything_StayWithinBounds() =>
        Gen.Int[0, 3].Array[0, 300].Sample(actions =>
        {
            var window = new BulkWindow(Limits, 5);
            foreach (var action in actions)
            {
                switch (action)
                {
                    case 0:
                        window.Overloaded();
                        break;
                    case 1:
                        window.Failed();
                        break;
                    default:
                        window.Succeeded(action == 3);
                        break;
                }

                Assert.InRange(window.Concurrency, 1, 5);
                Assert.InRange(window.Request.MaxRecords, 1, 2000);
                Assert.InRange(window.Batch.MaxBytes, 1, 5 << 20);
            }
        });
}
