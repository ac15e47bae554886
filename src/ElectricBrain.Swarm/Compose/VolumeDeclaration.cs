using ElectricBrain.Swarm.Specs;

namespace ElectricBrain.Swarm.Compose;

/// <summary>A volume under the top-level <c>volumes</c>; it becomes part of every mount of it.</summary>
internal sealed record VolumeDeclaration(string Name, bool IsExternal)
{
    public string? Driver { get; init; }

    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = SpecDefaults.NoEntries;

    public IReadOnlyDictionary<string, string> Labels { get; init; } = SpecDefaults.NoEntries;
}
