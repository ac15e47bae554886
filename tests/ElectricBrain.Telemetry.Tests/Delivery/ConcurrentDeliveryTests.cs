using CsCheck;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Delivery;

/// <summary>When batches are sent off, and how the position in the outbox moves while several are under way.</summary>
public sealed class ConcurrentDeliveryTests : IDisposable
{
    private readonly PipelineRig _rig = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task WriteAsync_BatchFillsWhileItWaitsForMore_IsSentOffAtOnce()
    {
        var sink = new ScriptedSink("patient") { Limits = new BatchLimits(10, 1 << 20, TimeSpan.FromHours(1)) };
        await using var pipeline = await StartAsync(_rig, sink);
        await pipeline.WriteAsync(Samples.Records(5), Cancel);
        await pipeline.WriteAsync(Samples.Records(5, first: 5), Cancel);
        await sink.StoredAsync(10);
        Assert.Equal([10], sink.BatchSizes);
    }

    [Fact]
    public async Task WriteAsync_BatchNotFull_WaitsForItsAge()
    {
        var sink = new ScriptedSink("patient") { Limits = new BatchLimits(10, 1 << 20, TimeSpan.FromSeconds(2)) };
        await using var pipeline = await StartAsync(_rig, sink);
        await pipeline.WriteAsync(Samples.Records(5), Cancel);
        var stored = sink.StoredAsync(5);
        for (var waited = TimeSpan.Zero; !stored.IsCompleted; waited += TimeSpan.FromSeconds(1))
        {
            Assert.True(waited < TimeSpan.FromMinutes(1), "It was never sent.");
            Assert.True(sink.BatchSizes.Count == 0 || waited >= TimeSpan.FromSeconds(2), "It was sent before its age.");
            _rig.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Cancel);
        }
    }

    [Fact]
    public async Task WriteAsync_NewerBatchStoredFirst_PositionWaitsForTheOlder()
    {
        var sink = new WideSink(2);
        await using var pipeline = await StartAsync(_rig, sink);
        await pipeline.WriteAsync(Samples.Records(20), Cancel);
        var (older, newer) = await sink.NextTwoAsync(Cancel);
        newer.Store();
        await PipelineRig.Until(() => pipeline.GetStatus().Sinks[0].Delivered == 10);
        Assert.Equal(20, pipeline.GetStatus().Sinks[0].Pending);
        older.Store();
        await PipelineRig.Until(() => pipeline.GetStatus().Sinks[0].Pending == 0);
        Assert.Equal(2, sink.MostAtOnce);
    }

    [Fact]
    public async Task StopAsync_OlderBatchNotStored_OffersBothAgainAfterTheStart()
    {
        var sink = new WideSink(2);
        await using (var pipeline = await StartAsync(_rig, sink))
        {
            await pipeline.WriteAsync(Samples.Records(20), Cancel);
            (await sink.NextTwoAsync(Cancel)).Newer.Store();
            await PipelineRig.Until(() => pipeline.GetStatus().Sinks[0].Delivered == 10);
            await _rig.StopAsync(pipeline);
        }

        var next = new ScriptedSink(sink.Name);
        await using var again = await StartAsync(_rig, next);
        await next.StoredAsync(20);
        Assert.Equal(Enumerable.Range(0, 20).Select(static i => (double)i), next.Stored.Select(PipelineRig.Value));
    }

    [Fact]
    public async Task WriteAsync_SinkOfOne_IsNeverFlushedWhileItWrites()
    {
        var sink = new WideSink(1);
        await using var pipeline = await StartAsync(_rig, sink);
        for (var i = 0; i < 50; i++)
        {
            await pipeline.WriteAsync(Samples.Records(20, first: i * 20), Cancel);
            var held = await sink.NextAsync(Cancel);
            _rig.Time.Advance(TimeSpan.FromMinutes(1));
            held.Store();
            (await sink.NextAsync(Cancel)).Store();
        }

        await PipelineRig.Until(() => pipeline.GetStatus().Sinks[0].Pending == 0);
        Assert.Equal((1, false), (sink.MostAtOnce, sink.FlushedMeanwhile));
    }

    [Fact]
    public Task Run_AnyOrderOfAnswersAndFailures_StoresEachRecordOnce() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 3].Array[20, 30]).SampleAsync(
            async (concurrency, answers) =>
            {
                using var rig = new PipelineRig();
                var sink = new WideSink(concurrency);
                await using var pipeline = await StartAsync(rig, sink);
                await pipeline.WriteAsync(Samples.Records(100), Cancel);
                var waiting = new List<WideSink.Held>();
                for (var turn = 0; pipeline.GetStatus().Sinks[0].Pending > 0; turn++)
                {
                    // As many as may be there, then any of them; after the scripted turns each is stored.
                    for (var tries = 0; waiting.Count < concurrency && tries < 5; tries++)
                    {
                        if (sink.TryNext() is { } held)
                        {
                            waiting.Add(held);
                        }
                        else
                        {
                            await Task.Delay(1, Cancel);
                        }
                    }

                    var answer = turn < answers.Length ? answers[turn] : 1;
                    if (waiting.Count > 0)
                    {
                        var chosen = waiting[answer % waiting.Count];
                        waiting.Remove(chosen);
                        (answer == 0 ? (Action)chosen.Fail : chosen.Store)();
                    }

                    rig.Time.Advance(TimeSpan.FromMinutes(1));
                }

                Assert.Equal(Enumerable.Range(0, 100).Select(static i => (double)i), sink.Stored.Select(PipelineRig.Value).Order());
                Assert.InRange(sink.MostAtOnce, 1, concurrency);
            },
            iter: 10,
            threads: 1);

    private static Task<TelemetryPipeline> StartAsync(PipelineRig rig, ITelemetrySink sink) => rig.StartAsync(static options => options.DrainTimeout = TimeSpan.Zero, sink);
}
