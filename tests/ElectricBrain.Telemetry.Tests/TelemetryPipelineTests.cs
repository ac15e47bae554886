using System.Diagnostics.Metrics;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests;

public sealed class TelemetryPipelineTests : IDisposable
{
    private readonly PipelineRig _rig = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task WriteAsync_OneSinkAway_OthersGetEverythingAndTheRestWaits()
    {
        var dead = new ScriptedSink("dead", static _ => SinkOutcome.Unavailable("nobody there"));
        var alive = new ScriptedSink("alive");
        await using (var pipeline = await _rig.StartAsync(dead, alive))
        {
            await pipeline.WriteAsync(Samples.Records(250), Cancel);
            await alive.StoredAsync(250);
            await PipelineRig.Until(() => pipeline.GetStatus().Sinks[0].LastError is not null);

            var status = pipeline.GetStatus().Sinks[0];
            Assert.Equal(("dead", SinkState.Retrying, 250, 0, "nobody there"), (status.Name, status.State, status.Pending, status.Delivered, status.LastError));
            await _rig.StopAsync(pipeline);
        }

        var revived = new ScriptedSink("dead");
        await using var next = await _rig.StartAsync(revived, new ScriptedSink("alive", static _ => throw new InvalidOperationException("got something twice")));
        await revived.StoredAsync(250);
        Assert.Equal(Enumerable.Range(0, 250).Select(i => (double)i), revived.Stored.Select(PipelineRig.Value));
        Assert.Equal(0, next.GetStatus().Sinks[1].Pending);
    }

    [Fact]
    public async Task WriteAsync_SinkThrowsNowAndThen_StoresEveryRecordOnceInOrder()
    {
        var random = new Random(7);
        var sink = new ScriptedSink("shaky", batch => random.Next(3) switch
        {
            0 => throw new IOException("pulled the plug"),
            1 => SinkOutcome.Overloaded("too much"),
            _ => ScriptedSink.StoreAll(batch),
        });
        await using var pipeline = await _rig.StartAsync(sink);
        for (var i = 0; i < 20; i++)
        {
            await pipeline.WriteAsync(Samples.Records(10, first: i * 10), Cancel);
        }

        var stored = sink.StoredAsync(200);
        while (!stored.IsCompleted)
        {
            _rig.Time.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        await stored;
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (double)i), sink.Stored.Select(PipelineRig.Value));
        await _rig.StopAsync(pipeline);
    }

    [Fact]
    public async Task WriteAsync_SameSeriesAndMillisecond_MovesTheSecondToTheNextFreeOne()
    {
        var sink = new ScriptedSink("any");
        await using (var pipeline = await _rig.StartAsync(sink))
        {
            var relabelled = Samples.Series("bme280.temperature", "temperature", "K");
            await pipeline.WriteAsync(
                new[]
                {
                    new TelemetryRecord(Samples.Temperature, Samples.Start, 1),
                    new TelemetryRecord(Samples.Temperature, Samples.Start.AddTicks(9), 2),
                    new TelemetryRecord(Samples.Pressure, Samples.Start, 3),
                    new TelemetryRecord(relabelled, Samples.Start, 4),
                },
                Cancel);
            await sink.StoredAsync(4);
            Assert.Equal(2, pipeline.GetStatus().Outbox.MovedTimestamps);
            await _rig.StopAsync(pipeline);
        }

        // A restart with the clock set back meets the same timestamps again.
        await using var restarted = await _rig.StartAsync(sink);
        await restarted.WriteAsync(new[] { new TelemetryRecord(Samples.Temperature, Samples.Start, 5) }, Cancel);
        await sink.StoredAsync(5);
        await PipelineRig.Until(() => sink.Stored.Count == 5);
        Assert.Equal([123, 124, 123, 125, 126], sink.Stored.Select(line => int.Parse(line[35..38], System.Globalization.CultureInfo.InvariantCulture)));
        await _rig.StopAsync(restarted);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task WriteAsync_NotFinite_IsRefusedWholeAndNamesTheRecord(double value)
    {
        var sink = new ScriptedSink("any");
        await using var pipeline = await _rig.StartAsync(sink);
        var refused = await Assert.ThrowsAsync<ArgumentException>(async () => await pipeline.WriteAsync(
            new[] { new TelemetryRecord(Samples.Temperature, Samples.Start, 1), new TelemetryRecord(Samples.Temperature, Samples.Start, value) }, Cancel));
        Assert.Contains("Record 1, of hostzero/enviro/bme280.temperature/temperature/Cel/simulated at 2026-11-24T06:57:00.1230000", refused.Message, StringComparison.Ordinal);
        await _rig.StopAsync(pipeline);
        Assert.Empty(sink.Stored);
    }

    [Fact]
    public async Task WriteAsync_FullAndDropOldest_EverySinkCountsWhatItDidNotGet()
    {
        var away = new ScriptedSink("away", static _ => SinkOutcome.Unavailable("away"));
        var alive = new ScriptedSink("alive");
        await using var pipeline = await _rig.StartAsync(
            static options => (options.SegmentBytes, options.MaxOutboxBytes, options.WhenFull) = (128 << 10, 256 << 10, OutboxFullPolicy.DropOldest), away, alive);
        for (var i = 0; i < 40; i++)
        {
            await pipeline.WriteAsync(Samples.Records(100, first: i * 100), Cancel);
            await PipelineRig.Until(() => pipeline.GetStatus().Sinks[1].Pending == 0);
        }

        away.Answer = ScriptedSink.StoreAll;
        await PipelineRig.Until(() =>
        {
            _rig.Time.Advance(TimeSpan.FromSeconds(1));
            return pipeline.GetStatus().Sinks[0].Pending == 0;
        });
        await _rig.StopAsync(pipeline);
        var (gone, none) = (pipeline.GetStatus().Sinks[0], pipeline.GetStatus().Sinks[1]);
        Assert.Equal((4000, 4000, 0), (gone.Dropped + gone.Delivered, none.Delivered, none.Dropped));
        Assert.NotEqual(0, gone.Dropped);
        Assert.Equal((0, 4000), (pipeline.GetStatus().Outbox.Dropped, pipeline.GetStatus().Outbox.Written));
    }

    [Fact]
    public async Task StartAsync_OutboxInUse_IsRefused()
    {
        await using var first = await _rig.StartAsync(new ScriptedSink("any"));
        await using var second = _rig.Make(static _ => { }, new ScriptedSink("any"));
        await Assert.ThrowsAsync<OutboxInUseException>(() => second.StartAsync(Cancel));
    }

    [Fact]
    public async Task WriteAsync_AfterStop_IsRefused()
    {
        var pipeline = await _rig.StartAsync(new ScriptedSink("any"));
        await _rig.StopAsync(pipeline);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await pipeline.WriteAsync(Samples.Records(1), Cancel));
    }

    [Fact]
    public async Task StopAsync_SinkAway_EndsInBoundedTimeAndKeepsTheRecords()
    {
        var pipeline = await _rig.StartAsync(new ScriptedSink("dead", static _ => SinkOutcome.Denied("no key")));
        await pipeline.WriteAsync(Samples.Records(5), Cancel);
        await _rig.StopAsync(pipeline);

        var revived = new ScriptedSink("dead");
        await using var next = await _rig.StartAsync(revived);
        await revived.StoredAsync(5);
        await _rig.StopAsync(next);
    }

    [Fact]
    public async Task CheckpointInterval_Passed_FlushesTheSinkBeforeThePositionIsSaved()
    {
        var sink = new ScriptedSink("any");
        await using var pipeline = await _rig.StartAsync(sink);
        await pipeline.WriteAsync(Samples.Records(1), Cancel);
        await sink.StoredAsync(1);
        Assert.Equal(0, sink.Flushes);
        await PipelineRig.Until(() =>
        {
            _rig.Time.Advance(TimeSpan.FromSeconds(10));
            return sink.Flushes == 1;
        });
        await _rig.StopAsync(pipeline);
    }

    [Fact]
    public async Task Meter_AfterDelivery_ShowsWhatTheStatusShows()
    {
        var seen = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, self) =>
        {
            if (instrument.Meter.Name == "ElectricBrain.Telemetry")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags.IsEmpty || (string?)tags[0].Value == "measured")
            {
                seen[instrument.Name] = value;
            }
        });
        listener.Start();
        var sink = new ScriptedSink("measured");
        await using var pipeline = await _rig.StartAsync(sink);
        await pipeline.WriteAsync(Samples.Records(7), Cancel);
        await sink.StoredAsync(7);
        await _rig.StopAsync(pipeline);

        listener.RecordObservableInstruments();
        Assert.Equal((7, 0), (seen["electricbrain.telemetry.sink.delivered"], seen["electricbrain.telemetry.sink.pending"]));
    }

    [Fact]
    public void Constructor_NoSink_SaysWhatToAdd()
    {
        var refused = Assert.Throws<ArgumentException>(() => _rig.Make(static _ => { }));
        Assert.Contains("add SQLite or Elasticsearch", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_TwoSinksOfOneName_AreRefused()
    {
        var refused = Assert.Throws<ArgumentException>(() => _rig.Make(static _ => { }, new ScriptedSink("a"), new ScriptedSink("a")));
        Assert.Contains("Two sinks have the name \"a\"", refused.Message, StringComparison.Ordinal);
    }
}
