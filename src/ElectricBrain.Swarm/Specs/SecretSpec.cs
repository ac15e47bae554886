namespace ElectricBrain.Swarm.Specs;

/// <summary>A secret: a small file that the managers keep and hand to tasks.</summary>
public sealed record SecretSpec
{
    /// <summary>The engine's name of the secret.</summary>
    public required string Name { get; init; }

    /// <summary>Whether somebody else keeps the secret, so that it must exist and is never changed.</summary>
    public bool IsExternal { get; init; }

    /// <summary>The content, at most 500 KiB; empty when external.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Labels of the secret.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = SpecDefaults.NoEntries;
}
