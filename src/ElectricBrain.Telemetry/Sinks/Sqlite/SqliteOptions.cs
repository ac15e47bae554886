namespace ElectricBrain.Telemetry.Sinks.Sqlite;

/// <summary>Where the embedded store is.</summary>
public sealed class SqliteOptions
{
    /// <summary>The database file; it and its directory are made when missing. Must be on a local disk, not on NFS.</summary>
    public string Path { get; set; } = "";

    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(Path))
        {
            throw new ArgumentException($"{nameof(SqliteOptions)}.{nameof(Path)} names no file; set it to one on a local disk.");
        }
    }
}
