using ElectricBrain.Telemetry;

namespace ElectricBrain.Samples.SensorAgent.Documents;

/// <summary>The state of a destination as JSON; counts are since the start of the agent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Target">Its address without credentials; a directory for files; null for the store on this machine.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Pending">Records that it has not taken yet.</param>
/// <param name="Delivered">Records that it stored.</param>
/// <param name="Duplicates">Records that it had already.</param>
/// <param name="DeadLettered">Records that it will never take, kept aside.</param>
/// <param name="Late">Records older than it accepts, kept aside.</param>
/// <param name="Dropped">Records that were given up before it took them, since the outbox was full.</param>
/// <param name="Retries">Attempts that failed.</param>
/// <param name="LastError">The last failure and the remedy; null when there was none.</param>
/// <param name="LastErrorAt">When that was, UTC.</param>
/// <param name="LastSuccessAt">When it last took records, UTC.</param>
internal sealed record SinkDocument(
    string Name,
    string? Target,
    SinkState State,
    long Pending,
    long Delivered,
    long Duplicates,
    long DeadLettered,
    long Late,
    long Dropped,
    long Retries,
    string? LastError,
    DateTime? LastErrorAt,
    DateTime? LastSuccessAt)
{
    public static SinkDocument From(SinkStatus sink, string? target) => new(
        sink.Name,
        target,
        sink.State,
        sink.Pending,
        sink.Delivered,
        sink.Duplicates,
        sink.DeadLettered,
        sink.Late,
        sink.Dropped,
        sink.Retries,
        sink.LastError,
        sink.LastErrorAt?.UtcDateTime,
        sink.LastSuccessAt?.UtcDateTime);
}
