namespace ElectricBrain.Swarm.Specs;

/// <summary>A config: a small file that the managers keep and hand to tasks.</summary>
public sealed record ConfigSpec
{
    /// <summary>The engine's name of the config.</summary>
    public required string Name { get; init; }

    /// <summary>Whether somebody else keeps the config, so that it must exist and is never changed.</summary>
    public bool IsExternal { get; init; }

    /// <summary>The content, at most 500 KiB; empty when external.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Labels of the config.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = SpecDefaults.NoEntries;
}
