namespace ElectricBrain.Swarm.Specs;

/// <summary>Processor and memory of one task. What is null is unlimited or unreserved.</summary>
public sealed record ResourceSpec
{
    /// <summary>Processors, in billionths of a core.</summary>
    public long? NanoCpus { get; init; }

    /// <summary>Memory, in bytes.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The number of processes; for limits only.</summary>
    public long? Pids { get; init; }
}
