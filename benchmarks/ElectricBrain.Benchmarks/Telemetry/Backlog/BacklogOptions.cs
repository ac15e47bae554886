namespace ElectricBrain.Benchmarks.Telemetry.Backlog;

/// <summary>What the parts of a run agree on.</summary>
/// <param name="Directory">The outbox.</param>
/// <param name="Server">Where records go.</param>
/// <param name="Records">How many there are.</param>
/// <param name="Origin">The time of the first one.</param>
internal sealed record BacklogOptions(string Directory, Uri Server, int Records, DateTimeOffset Origin);
