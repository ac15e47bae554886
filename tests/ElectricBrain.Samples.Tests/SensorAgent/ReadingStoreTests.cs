using ElectricBrain.Samples.SensorAgent;
using ElectricBrain.Samples.SensorAgent.Sampling;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Sinks;
using Microsoft.Extensions.Logging.Abstractions;

namespace ElectricBrain.Samples.Tests.SensorAgent;

public sealed class ReadingStoreTests
{
    [Fact]
    public async Task Store_OutboxFullUntilTheSinkComesBack_KeepsEveryReading()
    {
        using var directory = new TemporaryDirectory();
        var sink = new GatedSink();
        await using var pipeline = new TelemetryPipeline(
            new TelemetryOptions { OutboxDirectory = directory.Path, SegmentBytes = 128 << 10, MaxOutboxBytes = 256 << 10, CheckpointInterval = TimeSpan.FromMilliseconds(50) },
            [sink]);
        await pipeline.StartAsync(TestContext.Current.CancellationToken);
        var mapping = new EnviroRecordMapping("hostzero", "enviro", isSimulated: false);
        var store = new ReadingStore(pipeline, mapping, TimeProvider.System, NullLogger<ReadingStore>.Instance);
        var perReading = mapping.Map(Reading(0), new TelemetryRecord[mapping.AllSeries.Count]);
        var taken = 0;
        while (store.Problem is null)
        {
            await store.StoreAsync(Reading(taken++));
        }

        Assert.Contains("full", store.Problem, StringComparison.Ordinal);
        Assert.Equal(perReading, store.Waiting);

        sink.Open();
        await Eventually.BecomesTrueAsync(async () =>
        {
            await store.StoreAsync(Reading(taken++));
            return store.Problem is null;
        });

        Assert.Equal(0, store.Waiting);
        Assert.Equal(0, store.Lost);
        await Eventually.BecomesTrueAsync(() => Task.FromResult(sink.Stored >= taken * perReading));
        Assert.Equal(taken * perReading, sink.Stored);
    }

    private static EnviroReading Reading(int second) => new()
    {
        Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(second),
        TemperatureCelsius = 20,
        RelativeHumidityPercent = 50,
        PressurePascals = 100_000,
        IlluminanceLux = 100,
        ProximityCounts = 1,
    };

    private sealed class GatedSink : ITelemetrySink
    {
        private volatile bool _open;
        private int _stored;

        public string Name => "gated";

        public BatchLimits Limits => new(1000, 1 << 20, TimeSpan.Zero);

        public int Stored => Volatile.Read(ref _stored);

        public void Open() => _open = true;

        public ValueTask<SinkOutcome> WriteAsync(TelemetryBatch batch, CancellationToken cancellationToken)
        {
            if (!_open)
            {
                return ValueTask.FromResult(SinkOutcome.Unavailable("The gate is closed.", TimeSpan.FromMilliseconds(20)));
            }

            for (var i = 0; i < batch.Count; i++)
            {
                batch.Settle(i, RecordFate.Stored);
            }

            Interlocked.Add(ref _stored, batch.Count);
            return ValueTask.FromResult(SinkOutcome.Completed());
        }
    }
}
