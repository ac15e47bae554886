namespace ElectricBrain.Swarm.Compose;

/// <summary>What services of a stack file may refer to, read before them.</summary>
internal sealed record ComposeTargets(ComposeTargets.Names Networks, ComposeTargets.Names Configs, ComposeTargets.Names Secrets, IReadOnlyDictionary<string, VolumeDeclaration> Volumes)
{
    /// <summary>The engine's names behind the names of one section, and which of them were used.</summary>
    internal sealed class Names(string section, IReadOnlyDictionary<string, string> names)
    {
        private readonly HashSet<string> _used = [];

        public bool IsUsed(string name) => _used.Contains(name);

        /// <summary>The engine's name; null when the section has no such name, which is a problem at the place of use.</summary>
        public string? Use(string name, ComposeValue? place)
        {
            _used.Add(name);
            if (names.TryGetValue(name, out string? scoped))
            {
                return scoped;
            }

            place?.Problem($"'{name}' is not declared. Add it under the top-level '{section}'.");
            return null;
        }
    }
}
