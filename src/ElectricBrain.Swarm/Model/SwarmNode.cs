namespace ElectricBrain.Swarm.Model;

/// <summary>One machine of the cluster, as the managers observe it.</summary>
public sealed record SwarmNode
{
    /// <summary>The engine's identifier of the node.</summary>
    public required string Id { get; init; }

    /// <summary>The host name that the node reported.</summary>
    public required string Hostname { get; init; }

    /// <summary>Whether the node takes part in the managers' consensus.</summary>
    public NodeRole Role { get; init; }

    /// <summary>Whether the node leads the managers' consensus.</summary>
    public bool IsLeader { get; init; }

    /// <summary>What the operator allows the scheduler to do with the node.</summary>
    public NodeAvailability Availability { get; init; }

    /// <summary>What the managers last heard of the node.</summary>
    public NodeState State { get; init; }

    /// <summary>The managers' word on <see cref="State"/>, such as "heartbeat failure"; empty when there is none.</summary>
    public string StateMessage { get; init; } = "";

    /// <summary>The address under which the node joined.</summary>
    public string Address { get; init; } = "";

    /// <summary>The machine name of the node's kernel: <c>aarch64</c>, <c>armv7l</c>, <c>armv6l</c> or <c>x86_64</c>.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>The operating system's name, such as <c>linux</c>.</summary>
    public string OperatingSystem { get; init; } = "";

    /// <summary>The version of the node's engine.</summary>
    public string EngineVersion { get; init; } = "";

    /// <summary>Processors, in whole and part cores.</summary>
    public double Cpus { get; init; }

    /// <summary>Physical memory, in bytes.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>The operator's labels of the node, which placement constraints read.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
