namespace ElectricBrain.Benchmarks.Telemetry.Ingest;

/// <summary>What a side has to bring where, and how.</summary>
/// <param name="Server">The server.</param>
/// <param name="Namespace">The last part of the data stream's name.</param>
/// <param name="Workload">The readings.</param>
/// <param name="Records">How many of them.</param>
/// <param name="BatchRecords">How many go into one request.</param>
/// <param name="Concurrency">How many requests may be under way.</param>
/// <param name="Directory">An empty directory on the disk in question.</param>
internal sealed record IngestRound(Uri Server, string Namespace, Workload Workload, int Records, int BatchRecords, int Concurrency, string Directory)
{
    /// <summary>How many readings may wait for their request: whoever makes them is held up then, so that what is measured is how fast they get through.</summary>
    public int BufferedRecords => 10 * BatchRecords;

    public string DataStream => $"metrics-electricbrain.sensor-{Namespace}";
}
