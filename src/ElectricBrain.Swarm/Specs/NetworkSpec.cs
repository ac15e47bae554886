namespace ElectricBrain.Swarm.Specs;

/// <summary>A network that services attach to.</summary>
public sealed record NetworkSpec
{
    /// <summary>The engine's name of the network.</summary>
    public required string Name { get; init; }

    /// <summary>Whether somebody else keeps the network, so that it must exist and is never changed.</summary>
    public bool IsExternal { get; init; }

    /// <summary>The driver; an overlay spans all nodes.</summary>
    public string Driver { get; init; } = "overlay";

    /// <summary>Options of the driver, such as <c>encrypted</c>.</summary>
    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = SpecDefaults.NoEntries;

    /// <summary>Whether containers outside the swarm's services may attach.</summary>
    public bool IsAttachable { get; init; }

    /// <summary>Whether the network has no way out.</summary>
    public bool IsInternal { get; init; }

    /// <summary>The driver of the address management; the engine's own when null.</summary>
    public string? AddressDriver { get; init; }

    /// <summary>Subnets in CIDR notation; the engine chooses when there is none.</summary>
    public IReadOnlyList<string> Subnets { get; init; } = [];

    /// <summary>Labels of the network.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = SpecDefaults.NoEntries;
}
