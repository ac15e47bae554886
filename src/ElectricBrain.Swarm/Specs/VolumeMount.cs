namespace ElectricBrain.Swarm.Specs;

/// <summary>A volume, declared on the mount: each node that runs a task creates it when the task starts, with the options given here.</summary>
/// <remarks>
/// A volume created beforehand would exist on one node only, and the others would silently get an empty local one.
/// An NFS volume is a volume of the driver <c>local</c> with the options <c>type</c>, <c>o</c> and <c>device</c>; <see cref="Nfs"/> writes them.
/// </remarks>
public sealed record VolumeMount : MountSpec
{
    /// <summary>The engine's name of the volume; null for a volume of the task's own.</summary>
    public string? Source { get; init; }

    /// <summary>Whether somebody else keeps the volume on every node.</summary>
    public bool IsExternal { get; init; }

    /// <summary>Whether a new volume stays empty instead of getting the image's files at the target.</summary>
    public bool NoCopy { get; init; }

    /// <summary>The volume driver; the engine's <c>local</c> when null.</summary>
    public string? Driver { get; init; }

    /// <summary>Options of the driver.</summary>
    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = SpecDefaults.NoEntries;

    /// <summary>Labels of the volume.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = SpecDefaults.NoEntries;

    /// <summary>Declares a folder of an NFS server as a volume.</summary>
    /// <param name="source">The volume's name.</param>
    /// <param name="target">The path in the container.</param>
    /// <param name="server">The server's address or name.</param>
    /// <param name="path">The exported path, such as <c>/export/data</c>.</param>
    /// <param name="options">Further options of the mount; see nfs(5).</param>
    public static VolumeMount Nfs(string source, string target, string server, string path, string options = "nfsvers=4.2")
    {
        ArgumentException.ThrowIfNullOrEmpty(server);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new VolumeMount
        {
            Source = source,
            Target = target,
            Driver = "local",
            DriverOptions = new Dictionary<string, string>
            {
                ["type"] = "nfs",
                ["o"] = string.IsNullOrEmpty(options) ? $"addr={server}" : $"addr={server},{options}",
                ["device"] = $":{path}",
            },
        };
    }
}
