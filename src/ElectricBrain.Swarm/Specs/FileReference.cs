namespace ElectricBrain.Swarm.Specs;

/// <summary>A config or secret as a task sees it.</summary>
/// <param name="Name">The engine's name of the config or secret.</param>
/// <param name="Target">The file's path in the container; a secret's is relative to <c>/run/secrets</c>, a config's to <c>/</c>.</param>
public sealed record FileReference(string Name, string Target)
{
    /// <summary>The owner's user id in the container.</summary>
    public string Uid { get; init; } = "0";

    /// <summary>The owner's group id in the container.</summary>
    public string Gid { get; init; } = "0";

    /// <summary>Who may read and write the file.</summary>
    public UnixFileMode Mode { get; init; } = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
}
