namespace ElectricBrain.Telemetry.Sinks;

/// <summary>
/// A destination of records. The pipeline reads the outbox for each sink on its own, in order; the sink makes one attempt and tells
/// what became of it. Waiting, repeating, splitting and dead letters are the pipeline's work.
/// </summary>
/// <remarks>
/// A record may be offered again after a crash, so a sink must store a document once however often it gets it: telling them apart by
/// series and timestamp is enough. One sink is called by one caller at a time, unless its <see cref="Concurrency"/> is ever above 1.
/// </remarks>
public interface ITelemetrySink
{
    /// <summary>
    /// The name in the status, in logs and of the sink's position in the outbox: lower-case letters, digits and hyphens. Under another
    /// name the sink gets everything again that is still in the outbox.
    /// </summary>
    string Name { get; }

    /// <summary>How records are gathered for <see cref="WriteAsync"/>.</summary>
    BatchLimits Limits { get; }

    /// <summary>
    /// How many batches may be under way at once, asked before each. With one, the default, records arrive in order; with more, a newer
    /// batch may be stored before an older one that has to be repeated, and <see cref="FlushAsync"/> may be called meanwhile.
    /// </summary>
    int Concurrency => 1;

    /// <summary>
    /// Tries once to store the batch. On <see cref="SinkOutcome.Completed"/> each record must have been settled through
    /// <see cref="TelemetryBatch.Settle"/>; records that were not are offered again. An exception counts as
    /// <see cref="SinkOutcome.Unavailable"/>.
    /// </summary>
    ValueTask<SinkOutcome> WriteAsync(TelemetryBatch batch, CancellationToken cancellationToken);

    /// <summary>
    /// Makes what was stored so far survive a power loss. Called before the sink's position is saved; the default is for sinks whose
    /// writes are durable when they return.
    /// </summary>
    ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
