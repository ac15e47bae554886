namespace ElectricBrain.Benchmarks.Telemetry.Ingest;

/// <summary>One way of bringing the same readings into the same server.</summary>
internal interface IIngestSide
{
    string Name { get; }

    /// <summary>Brings the readings of a round into a data stream that exists and is empty, and returns how long that took.</summary>
    Task<TimeSpan> RunAsync(IngestRound round, CancellationToken cancellationToken);
}
