using ElectricBrain.Swarm.Model;

namespace ElectricBrain.Swarm.Simulation;

/// <summary>A machine to be added to a <see cref="SimulatedCluster"/>.</summary>
public sealed record SimulatedNode
{
    /// <summary>The host name, unique in the cluster.</summary>
    public required string Hostname { get; init; }

    /// <summary>The machine name of the kernel: <c>aarch64</c>, <c>armv7l</c>, <c>armv6l</c> or <c>x86_64</c>.</summary>
    public string Architecture { get; init; } = "aarch64";

    /// <summary>The node's part in the managers' consensus. The first manager leads, and its engine answers.</summary>
    public NodeRole Role { get; init; }

    /// <summary>Processors, in cores.</summary>
    public int Cpus { get; init; } = 4;

    /// <summary>Physical memory, in bytes.</summary>
    public long MemoryBytes { get; init; } = 1L << 30;

    /// <summary>The version that the node's engine reports.</summary>
    public string EngineVersion { get; init; } = "20.10.24";

    /// <summary>The address under which the node joined; null takes the next free one of 192.168.1.0/24 and up.</summary>
    public string? Address { get; init; }

    /// <summary>The operator's labels, which placement constraints read.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
