using System.Collections.ObjectModel;

namespace ElectricBrain.Swarm.Specs;

internal static class SpecDefaults
{
    public static IReadOnlyDictionary<string, string> NoEntries => ReadOnlyDictionary<string, string>.Empty;
}
