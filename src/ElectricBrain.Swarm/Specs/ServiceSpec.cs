using ElectricBrain.Swarm.Model;

namespace ElectricBrain.Swarm.Specs;

/// <summary>A service: an image, how it runs, and where. What is null or empty is left to the image or the engine.</summary>
public sealed record ServiceSpec
{
    /// <summary>The engine's name of the service.</summary>
    public required string Name { get; init; }

    /// <summary>The image reference as the user wrote it.</summary>
    public required string Image { get; init; }

    /// <summary>Labels of the service itself.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = SpecDefaults.NoEntries;

    /// <summary>Labels of its containers.</summary>
    public IReadOnlyDictionary<string, string> ContainerLabels { get; init; } = SpecDefaults.NoEntries;

    /// <summary>Replaces the image's entry point.</summary>
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    /// <summary>Replaces the image's command, the arguments of the entry point.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables; a null value removes the image's.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The host name in the container, which may hold a template such as <c>{{.Node.Hostname}}</c>.</summary>
    public string? Hostname { get; init; }

    /// <summary>The working folder in the container.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The user, and the group after a colon, in the container.</summary>
    public string? User { get; init; }

    /// <summary>Whether a small init process reaps children and forwards signals.</summary>
    public bool? Init { get; init; }

    /// <summary>Whether the root file system is read-only.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether the container gets a terminal.</summary>
    public bool HasTerminal { get; init; }

    /// <summary>Whether the container's standard input stays open.</summary>
    public bool KeepsStandardInputOpen { get; init; }

    /// <summary>The signal that asks the container to stop.</summary>
    public string? StopSignal { get; init; }

    /// <summary>The time between the stop signal and the kill.</summary>
    public TimeSpan? StopGracePeriod { get; init; }

    /// <summary>How the engine finds out whether a container is well.</summary>
    public HealthcheckSpec? Healthcheck { get; init; }

    /// <summary>What is mounted, in order.</summary>
    public IReadOnlyList<MountSpec> Mounts { get; init; } = [];

    /// <summary>Configs that the tasks see as files.</summary>
    public IReadOnlyList<FileReference> Configs { get; init; } = [];

    /// <summary>Secrets that the tasks see as files.</summary>
    public IReadOnlyList<FileReference> Secrets { get; init; } = [];

    /// <summary>Networks that the tasks attach to.</summary>
    public IReadOnlyList<NetworkAttachment> Networks { get; init; } = [];

    /// <summary>Ports that are published.</summary>
    public IReadOnlyList<PortSpec> Ports { get; init; } = [];

    /// <summary>How other services find this one: <c>vip</c> or <c>dnsrr</c>; the engine's <c>vip</c> when null.</summary>
    public string? EndpointMode { get; init; }

    /// <summary>Lines of /etc/hosts: an address, a space and a name.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    /// <summary>Name servers.</summary>
    public IReadOnlyList<string> DnsServers { get; init; } = [];

    /// <summary>Domains searched for short names.</summary>
    public IReadOnlyList<string> DnsSearch { get; init; } = [];

    /// <summary>Kernel capabilities added, such as <c>CAP_NET_ADMIN</c>.</summary>
    public IReadOnlyList<string> CapabilitiesAdded { get; init; } = [];

    /// <summary>Kernel capabilities taken away, such as <c>ALL</c>.</summary>
    public IReadOnlyList<string> CapabilitiesDropped { get; init; } = [];

    /// <summary>Kernel parameters of the container's namespaces.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = SpecDefaults.NoEntries;

    /// <summary>Limits of the processes.</summary>
    public IReadOnlyList<UlimitSpec> Ulimits { get; init; } = [];

    /// <summary>Where the output goes.</summary>
    public LogDriverSpec? LogDriver { get; init; }

    /// <summary>How many tasks are kept.</summary>
    public ServiceMode Mode { get; init; }

    /// <summary>The wanted number of tasks, or of completions of a job; the engine's 1 when null. Not for the global modes.</summary>
    public int? Replicas { get; init; }

    /// <summary>Which nodes may run the tasks.</summary>
    public PlacementSpec Placement { get; init; } = new();

    /// <summary>The most that a task may take.</summary>
    public ResourceSpec? Limits { get; init; }

    /// <summary>What a node must have free for a task.</summary>
    public ResourceSpec? Reservations { get; init; }

    /// <summary>When an ended task is started again.</summary>
    public RestartPolicySpec? RestartPolicy { get; init; }

    /// <summary>How tasks are replaced by an update.</summary>
    public RolloutSpec? Update { get; init; }

    /// <summary>How tasks are replaced by a rollback.</summary>
    public RolloutSpec? Rollback { get; init; }

    /// <summary>Engine names of services of the same stack that are written first.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];
}
