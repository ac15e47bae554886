namespace ElectricBrain.Swarm.Specs;

/// <summary>Memory that is gone with the task.</summary>
public sealed record TmpfsMount : MountSpec
{
    /// <summary>The most it may hold, in bytes; unlimited when null.</summary>
    public long? SizeBytes { get; init; }
}
