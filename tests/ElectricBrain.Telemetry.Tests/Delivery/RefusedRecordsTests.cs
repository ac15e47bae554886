using System.Text.Json;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Delivery;

/// <summary>What becomes of records that a sink does not take, now or ever.</summary>
public sealed class RefusedRecordsTests : IDisposable
{
    private readonly PipelineRig _rig = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task WriteAsync_BatchUnacceptable_IsHalvedUntilOnlyTheCulpritIsADeadLetter()
    {
        var sink = new ScriptedSink("picky", static batch =>
        {
            var hasCulprit = Enumerable.Range(0, batch.Count).Any(i => PipelineRig.Value(System.Text.Encoding.UTF8.GetString(batch[i].Span)) == 37);
            return hasCulprit ? SinkOutcome.Unacceptable("cannot read it") : ScriptedSink.StoreAll(batch);
        });
        await using (var pipeline = await _rig.StartAsync(sink))
        {
            await pipeline.WriteAsync(Samples.Records(100), Cancel);
            await sink.StoredAsync(99);
            await _rig.StopAsync(pipeline);
            Assert.Equal((99, 1, 0), (pipeline.GetStatus().Sinks[0].Delivered, pipeline.GetStatus().Sinks[0].DeadLettered, pipeline.GetStatus().Sinks[0].Pending));
        }

        Assert.DoesNotContain(37.0, sink.Stored.Select(PipelineRig.Value));
        var letter = JsonDocument.Parse(Assert.Single(File.ReadAllLines(_rig.File("dead-letters.picky.ndjson")))).RootElement;
        Assert.Equal("rejected", letter.GetProperty("kind").GetString());
        Assert.Equal("cannot read it", letter.GetProperty("reason").GetString());
        Assert.Equal(38, letter.GetProperty("sequence").GetInt64());
        Assert.Equal(37, letter.GetProperty("document").GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task WriteAsync_SomeRecordsRetriedSomeLate_OnlyTheRetriedAreOfferedAgain()
    {
        var attempts = 0;
        var sink = new ScriptedSink("mixed", batch =>
        {
            attempts++;
            for (var i = 0; i < batch.Count; i++)
            {
                var value = PipelineRig.Value(System.Text.Encoding.UTF8.GetString(batch[i].Span));
                batch.Settle(i, attempts == 1 && value < 3 ? RecordFate.Retry : value == 5 ? RecordFate.Late : value == 6 ? RecordFate.Duplicate : RecordFate.Stored, "reason");
            }

            return SinkOutcome.Completed();
        });
        await using var pipeline = await _rig.StartAsync(sink);
        await pipeline.WriteAsync(Samples.Records(10), Cancel);
        await PipelineRig.Until(() => pipeline.GetStatus().Sinks[0].LastError is not null);
        var stored = sink.StoredAsync(8);
        while (!stored.IsCompleted)
        {
            _rig.Time.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        await _rig.StopAsync(pipeline);
        Assert.Equal([10, 3], sink.BatchSizes);
        var status = pipeline.GetStatus().Sinks[0];
        Assert.Equal((8, 1, 1, 0, 0), (status.Delivered, status.Duplicates, status.Late, status.DeadLettered, status.Pending));
    }

    [Fact]
    public async Task WriteAsync_RecordBlockedLongerThanThePatience_IsKeptAsideSoThatOthersPass()
    {
        var sink = new ScriptedSink("blocked", static batch =>
        {
            for (var i = 0; i < batch.Count; i++)
            {
                batch.Settle(i, PipelineRig.Value(System.Text.Encoding.UTF8.GetString(batch[i].Span)) == 0 ? RecordFate.Blocked : RecordFate.Stored, "FORBIDDEN/8");
            }

            return SinkOutcome.Completed();
        })
        { Limits = new BatchLimits(2, 1 << 20, TimeSpan.Zero) };
        await using var pipeline = await _rig.StartAsync(sink);
        await pipeline.WriteAsync(Samples.Records(6), Cancel);
        await PipelineRig.Until(() => pipeline.GetStatus().Sinks[0].Retries > 0);
        Assert.Equal((1, 0), (pipeline.GetStatus().Sinks[0].Delivered, pipeline.GetStatus().Sinks[0].Late));

        var stored = sink.StoredAsync(5);
        while (!stored.IsCompleted)
        {
            _rig.Time.Advance(TimeSpan.FromMinutes(5));
            await Task.Yield();
        }

        await _rig.StopAsync(pipeline);
        Assert.Equal((5, 1, 0), (pipeline.GetStatus().Sinks[0].Delivered, pipeline.GetStatus().Sinks[0].Late, pipeline.GetStatus().Sinks[0].Pending));
    }

    [Fact]
    public async Task WriteAsync_BacklogForABlockedPlace_WaitsOnceForAllOfIt()
    {
        var attempts = new List<int>();
        var sink = new ScriptedSink("blocked", batch =>
        {
            attempts.Add((int)PipelineRig.Value(System.Text.Encoding.UTF8.GetString(batch[0].Span)));
            for (var i = 0; i < batch.Count; i++)
            {
                batch.Settle(i, RecordFate.Blocked, "FORBIDDEN/8");
            }

            return SinkOutcome.Completed();
        })
        { Limits = new BatchLimits(2, 1 << 20, TimeSpan.Zero) };
        await using var pipeline = await _rig.StartAsync(sink);
        await pipeline.WriteAsync(Samples.Records(6), Cancel);
        while (pipeline.GetStatus().Sinks[0].Late < 6)
        {
            var status = pipeline.GetStatus().Sinks[0];
            _rig.Time.Advance(TimeSpan.FromSeconds(31));
            await PipelineRig.Until(() => pipeline.GetStatus().Sinks[0] is var now && (now.Retries > status.Retries || now.Late == 6));
        }

        await _rig.StopAsync(pipeline);
        Assert.True(attempts.Count(static first => first == 0) > 10);
        Assert.Equal([2, 4], attempts.Where(static first => first > 0));
    }

    [Fact]
    public async Task WriteAsync_DeadLetterFileFull_KeepsTheRecordAndSaysSo()
    {
        var sink = new ScriptedSink("picky", static _ => SinkOutcome.Unacceptable("cannot read it"));
        await using var pipeline = await _rig.StartAsync(options => options.MaxDeadLetterBytes = 10, sink);
        await pipeline.WriteAsync(Samples.Records(1), Cancel);
        await PipelineRig.Until(() => pipeline.GetStatus().Sinks[0].LastError?.Contains("dead-letters.picky.ndjson is full", StringComparison.Ordinal) == true);
        Assert.Equal((1, 0), (pipeline.GetStatus().Sinks[0].Pending, pipeline.GetStatus().Sinks[0].DeadLettered));
        await _rig.StopAsync(pipeline);
    }
}
