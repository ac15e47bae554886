using System.Diagnostics.Metrics;
using System.Text.Json;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Telemetry.Tests;

public sealed class TelemetryPipelineTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(Samples.Start) { AutoAdvanceAmount = TimeSpan.Zero };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task WriteAsync_OneSinkAway_OthersGetEverythingAndTheRestWaits()
    {
        var dead = new ScriptedSink("dead", static _ => SinkOutcome.Unavailable("nobody there"));
        var alive = new ScriptedSink("alive");
        await using (var pipeline = await StartAsync(dead, alive))
        {
            await pipeline.WriteAsync(Samples.Records(250), Cancel);
            await alive.StoredAsync(250);
            await Until(() => pipeline.GetStatus().Sinks[0].LastError is not null);

            var status = pipeline.GetStatus().Sinks[0];
            Assert.Equal(("dead", SinkState.Retrying, 250, 0, "nobody there"), (status.Name, status.State, status.Pending, status.Delivered, status.LastError));
            await pipeline.StopAsync(_time);
        }

        var revived = new ScriptedSink("dead");
        await using var next = await StartAsync(revived, new ScriptedSink("alive", static _ => throw new InvalidOperationException("got something twice")));
        await revived.StoredAsync(250);
        Assert.Equal(Enumerable.Range(0, 250).Select(i => (double)i), revived.Stored.Select(Value));
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
        await using var pipeline = await StartAsync(sink);
        for (var i = 0; i < 20; i++)
        {
            await pipeline.WriteAsync(Samples.Records(10, first: i * 10), Cancel);
        }

        var stored = sink.StoredAsync(200);
        while (!stored.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        await stored;
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (double)i), sink.Stored.Select(Value));
        await pipeline.StopAsync(_time);
    }

    [Fact]
    public async Task WriteAsync_BatchUnacceptable_IsHalvedUntilOnlyTheCulpritIsADeadLetter()
    {
        var sink = new ScriptedSink("picky", static batch =>
        {
            var hasCulprit = Enumerable.Range(0, batch.Count).Any(i => Value(System.Text.Encoding.UTF8.GetString(batch[i].Span)) == 37);
            return hasCulprit ? SinkOutcome.Unacceptable("cannot read it") : ScriptedSink.StoreAll(batch);
        });
        await using (var pipeline = await StartAsync(sink))
        {
            await pipeline.WriteAsync(Samples.Records(100), Cancel);
            await sink.StoredAsync(99);
            await pipeline.StopAsync(_time);
            Assert.Equal((99, 1, 0), (pipeline.GetStatus().Sinks[0].Delivered, pipeline.GetStatus().Sinks[0].DeadLettered, pipeline.GetStatus().Sinks[0].Pending));
        }

        Assert.DoesNotContain(37.0, sink.Stored.Select(Value));
        var letter = JsonDocument.Parse(Assert.Single(File.ReadAllLines(_directory.File("dead-letters.picky.ndjson")))).RootElement;
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
                var value = Value(System.Text.Encoding.UTF8.GetString(batch[i].Span));
                batch.Settle(i, attempts == 1 && value < 3 ? RecordFate.Retry : value == 5 ? RecordFate.Late : value == 6 ? RecordFate.Duplicate : RecordFate.Stored, "reason");
            }

            return SinkOutcome.Completed();
        });
        await using var pipeline = await StartAsync(sink);
        await pipeline.WriteAsync(Samples.Records(10), Cancel);
        await Until(() => pipeline.GetStatus().Sinks[0].LastError is not null);
        var stored = sink.StoredAsync(8);
        while (!stored.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        await pipeline.StopAsync(_time);
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
                batch.Settle(i, Value(System.Text.Encoding.UTF8.GetString(batch[i].Span)) == 0 ? RecordFate.Blocked : RecordFate.Stored, "FORBIDDEN/8");
            }

            return SinkOutcome.Completed();
        })
        { Limits = new BatchLimits(2, 1 << 20, TimeSpan.Zero) };
        await using var pipeline = await StartAsync(sink);
        await pipeline.WriteAsync(Samples.Records(6), Cancel);
        await Until(() => pipeline.GetStatus().Sinks[0].Retries > 0);
        Assert.Equal((1, 0), (pipeline.GetStatus().Sinks[0].Delivered, pipeline.GetStatus().Sinks[0].Late));

        var stored = sink.StoredAsync(5);
        while (!stored.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMinutes(5));
            await Task.Yield();
        }

        await pipeline.StopAsync(_time);
        Assert.Equal((5, 1, 0), (pipeline.GetStatus().Sinks[0].Delivered, pipeline.GetStatus().Sinks[0].Late, pipeline.GetStatus().Sinks[0].Pending));
    }

    [Fact]
    public async Task WriteAsync_BacklogForABlockedPlace_WaitsOnceForAllOfIt()
    {
        var attempts = new List<int>();
        var sink = new ScriptedSink("blocked", batch =>
        {
            attempts.Add((int)Value(System.Text.Encoding.UTF8.GetString(batch[0].Span)));
            for (var i = 0; i < batch.Count; i++)
            {
                batch.Settle(i, RecordFate.Blocked, "FORBIDDEN/8");
            }

            return SinkOutcome.Completed();
        })
        { Limits = new BatchLimits(2, 1 << 20, TimeSpan.Zero) };
        await using var pipeline = await StartAsync(sink);
        await pipeline.WriteAsync(Samples.Records(6), Cancel);
        while (pipeline.GetStatus().Sinks[0].Late < 6)
        {
            var status = pipeline.GetStatus().Sinks[0];
            _time.Advance(TimeSpan.FromSeconds(31));
            await Until(() => pipeline.GetStatus().Sinks[0] is var now && (now.Retries > status.Retries || now.Late == 6));
        }

        await pipeline.StopAsync(_time);
        Assert.True(attempts.Count(static first => first == 0) > 10);
        Assert.Equal([2, 4], attempts.Where(static first => first > 0));
    }

    [Fact]
    public async Task WriteAsync_DeadLetterFileFull_KeepsTheRecordAndSaysSo()
    {
        var sink = new ScriptedSink("picky", static _ => SinkOutcome.Unacceptable("cannot read it"));
        await using var pipeline = await StartAsync(options => options.MaxDeadLetterBytes = 10, sink);
        await pipeline.WriteAsync(Samples.Records(1), Cancel);
        await Until(() => pipeline.GetStatus().Sinks[0].LastError?.Contains("dead-letters.picky.ndjson is full", StringComparison.Ordinal) == true);
        Assert.Equal((1, 0), (pipeline.GetStatus().Sinks[0].Pending, pipeline.GetStatus().Sinks[0].DeadLettered));
        await pipeline.StopAsync(_time);
    }

    [Fact]
    public async Task WriteAsync_SameSeriesAndMillisecond_MovesTheSecondToTheNextFreeOne()
    {
        var sink = new ScriptedSink("any");
        await using (var pipeline = await StartAsync(sink))
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
            await pipeline.StopAsync(_time);
        }

        // A restart with the clock set back meets the same timestamps again.
        await using var restarted = await StartAsync(sink);
        await restarted.WriteAsync(new[] { new TelemetryRecord(Samples.Temperature, Samples.Start, 5) }, Cancel);
        await sink.StoredAsync(5);
        await Until(() => sink.Stored.Count == 5);
        Assert.Equal([123, 124, 123, 125, 126], sink.Stored.Select(line => int.Parse(line[35..38], System.Globalization.CultureInfo.InvariantCulture)));
        await restarted.StopAsync(_time);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task WriteAsync_NotFinite_IsRefusedWholeAndNamesTheRecord(double value)
    {
        var sink = new ScriptedSink("any");
        await using var pipeline = await StartAsync(sink);
        var refused = await Assert.ThrowsAsync<ArgumentException>(async () => await pipeline.WriteAsync(
            new[] { new TelemetryRecord(Samples.Temperature, Samples.Start, 1), new TelemetryRecord(Samples.Temperature, Samples.Start, value) }, Cancel));
        Assert.Contains("Record 1, of hostzero/enviro/bme280.temperature/temperature/Cel/simulated at 2026-11-24T06:57:00.1230000", refused.Message, StringComparison.Ordinal);
        await pipeline.StopAsync(_time);
        Assert.Empty(sink.Stored);
    }

    [Fact]
    public async Task WriteAsync_FullAndDropOldest_EverySinkCountsWhatItDidNotGet()
    {
        var away = new ScriptedSink("away", static _ => SinkOutcome.Unavailable("away"));
        var alive = new ScriptedSink("alive");
        await using var pipeline = await StartAsync(
            static options => (options.SegmentBytes, options.MaxOutboxBytes, options.WhenFull) = (128 << 10, 256 << 10, OutboxFullPolicy.DropOldest), away, alive);
        for (var i = 0; i < 40; i++)
        {
            await pipeline.WriteAsync(Samples.Records(100, first: i * 100), Cancel);
            await Until(() => pipeline.GetStatus().Sinks[1].Pending == 0);
        }

        away.Answer = ScriptedSink.StoreAll;
        await Until(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return pipeline.GetStatus().Sinks[0].Pending == 0;
        });
        await pipeline.StopAsync(_time);
        var (gone, none) = (pipeline.GetStatus().Sinks[0], pipeline.GetStatus().Sinks[1]);
        Assert.Equal((4000, 4000, 0), (gone.Dropped + gone.Delivered, none.Delivered, none.Dropped));
        Assert.NotEqual(0, gone.Dropped);
        Assert.Equal((0, 4000), (pipeline.GetStatus().Outbox.Dropped, pipeline.GetStatus().Outbox.Written));
    }

    [Fact]
    public async Task StartAsync_OutboxInUse_IsRefused()
    {
        await using var first = await StartAsync(new ScriptedSink("any"));
        await using var second = Pipeline(static _ => { }, new ScriptedSink("any"));
        await Assert.ThrowsAsync<OutboxInUseException>(() => second.StartAsync(Cancel));
    }

    [Fact]
    public async Task WriteAsync_AfterStop_IsRefused()
    {
        var pipeline = await StartAsync(new ScriptedSink("any"));
        await pipeline.StopAsync(_time);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await pipeline.WriteAsync(Samples.Records(1), Cancel));
    }

    [Fact]
    public async Task StopAsync_SinkAway_EndsInBoundedTimeAndKeepsTheRecords()
    {
        var pipeline = await StartAsync(new ScriptedSink("dead", static _ => SinkOutcome.Denied("no key")));
        await pipeline.WriteAsync(Samples.Records(5), Cancel);
        await pipeline.StopAsync(_time);

        var revived = new ScriptedSink("dead");
        await using var next = await StartAsync(revived);
        await revived.StoredAsync(5);
        await next.StopAsync(_time);
    }

    [Fact]
    public async Task CheckpointInterval_Passed_FlushesTheSinkBeforeThePositionIsSaved()
    {
        var sink = new ScriptedSink("any");
        await using var pipeline = await StartAsync(sink);
        await pipeline.WriteAsync(Samples.Records(1), Cancel);
        await sink.StoredAsync(1);
        Assert.Equal(0, sink.Flushes);
        await Until(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            return sink.Flushes == 1;
        });
        await pipeline.StopAsync(_time);
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
        await using var pipeline = await StartAsync(sink);
        await pipeline.WriteAsync(Samples.Records(7), Cancel);
        await sink.StoredAsync(7);
        await pipeline.StopAsync(_time);

        listener.RecordObservableInstruments();
        Assert.Equal((7, 0), (seen["electricbrain.telemetry.sink.delivered"], seen["electricbrain.telemetry.sink.pending"]));
    }

    [Fact]
    public void Constructor_NoSink_SaysWhatToAdd()
    {
        var refused = Assert.Throws<ArgumentException>(() => Pipeline(static _ => { }));
        Assert.Contains("add SQLite or Elasticsearch", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_TwoSinksOfOneName_AreRefused()
    {
        var refused = Assert.Throws<ArgumentException>(() => Pipeline(static _ => { }, new ScriptedSink("a"), new ScriptedSink("a")));
        Assert.Contains("Two sinks have the name \"a\"", refused.Message, StringComparison.Ordinal);
    }

    private static double Value(string line) => JsonDocument.Parse(line).RootElement.GetProperty("value").GetDouble();

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(1, Cancel);
        }
    }

    private Task<TelemetryPipeline> StartAsync(params ITelemetrySink[] sinks) => StartAsync(static _ => { }, sinks);

    private async Task<TelemetryPipeline> StartAsync(Action<TelemetryOptions> configure, params ITelemetrySink[] sinks)
    {
        var pipeline = Pipeline(configure, sinks);
        await pipeline.StartAsync(Cancel);
        return pipeline;
    }

    private TelemetryPipeline Pipeline(Action<TelemetryOptions> configure, params ITelemetrySink[] sinks)
    {
        var options = new TelemetryOptions { OutboxDirectory = _directory.Path, SegmentBytes = 128 << 10 };
        configure(options);
        return new TelemetryPipeline(options, sinks, _time);
    }
}
