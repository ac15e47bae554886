using System.Diagnostics.Metrics;

namespace ElectricBrain.Telemetry.Diagnostics;

/// <summary>The state of the pipeline as instruments of the meter <c>ElectricBrain.Telemetry</c>, read when they are collected.</summary>
internal sealed class TelemetryMetrics : IDisposable
{
    public const string MeterName = "ElectricBrain.Telemetry";

    private const string Record = "{record}";

    private readonly Meter _meter;
    private readonly bool _isOwned;

    public TelemetryMetrics(TelemetryPipeline pipeline, IMeterFactory? factory)
    {
        _isOwned = factory is null;
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        OutboxStatus Outbox() => pipeline.GetStatus().Outbox;
        _meter.CreateObservableCounter("electricbrain.telemetry.outbox.written", () => Outbox().Written, Record, "Records made durable.");
        _meter.CreateObservableCounter("electricbrain.telemetry.outbox.blocked_writes", () => Outbox().BlockedWrites, "{write}", "Writes that found the outbox full.");
        _meter.CreateObservableCounter("electricbrain.telemetry.outbox.dropped", () => Outbox().Dropped, Record, "Records not stored since the outbox was full.");
        _meter.CreateObservableCounter("electricbrain.telemetry.outbox.corrupt", () => Outbox().Corrupt, Record, "Records found damaged.");
        _meter.CreateObservableUpDownCounter("electricbrain.telemetry.outbox.size", () => Outbox().Bytes, "By", "Size of the outbox.");
        _meter.CreateObservableUpDownCounter("electricbrain.telemetry.outbox.limit", () => Outbox().MaxBytes, "By", "Largest size of the outbox.");
        _meter.CreateObservableUpDownCounter("electricbrain.telemetry.sink.pending", () => Measure(pipeline, static sink => sink.Pending), Record, "Records that the sink has not taken.");
        _meter.CreateObservableCounter("electricbrain.telemetry.sink.delivered", () => Measure(pipeline, static sink => sink.Delivered), Record, "Records that the sink stored.");
        _meter.CreateObservableCounter("electricbrain.telemetry.sink.duplicates", () => Measure(pipeline, static sink => sink.Duplicates), Record, "Records that the sink had already.");
        _meter.CreateObservableCounter("electricbrain.telemetry.sink.late", () => Measure(pipeline, static sink => sink.Late), Record, "Records kept aside as too old.");
        _meter.CreateObservableCounter("electricbrain.telemetry.sink.dead_lettered", () => Measure(pipeline, static sink => sink.DeadLettered), Record, "Records kept aside for other reasons.");
        _meter.CreateObservableCounter("electricbrain.telemetry.sink.dropped", () => Measure(pipeline, static sink => sink.Dropped), Record, "Records deleted before the sink took them.");
        _meter.CreateObservableCounter("electricbrain.telemetry.sink.retries", () => Measure(pipeline, static sink => sink.Retries), "{attempt}", "Attempts that failed and were repeated.");
    }

    public void Dispose()
    {
        // A factory disposes of its meters itself.
        if (_isOwned)
        {
            _meter.Dispose();
        }
    }

    private static IEnumerable<Measurement<long>> Measure(TelemetryPipeline pipeline, Func<SinkStatus, long> value) =>
        pipeline.GetStatus().Sinks.Select(sink => new Measurement<long>(value(sink), new KeyValuePair<string, object?>("sink", sink.Name)));
}
