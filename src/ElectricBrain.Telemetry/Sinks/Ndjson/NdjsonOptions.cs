namespace ElectricBrain.Telemetry.Sinks.Ndjson;

/// <summary>Where the files of lines are, when a new one is begun, and how many are kept.</summary>
public sealed class NdjsonOptions
{
    /// <summary>The directory of the files, for this sink alone; made when missing. One process at a time may write to it.</summary>
    public string Directory { get; set; } = "";

    /// <summary>The size above which a file is closed, at least 64 KiB.</summary>
    /// <value>The default is 64 MiB, about 300,000 readings.</value>
    public long MaxFileBytes { get; set; } = 64L << 20;

    /// <summary>The longest span of time between the first and the last reading of a file; null for no limit.</summary>
    /// <value>The default is 1 day.</value>
    public TimeSpan? MaxFileAge { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How many files are kept, at least 2; the oldest go first. Null for no limit.</summary>
    /// <value>The default is null.</value>
    public int? MaxFiles { get; set; }

    /// <summary>How many bytes all files together may have, as they are on disk; at least twice <see cref="MaxFileBytes"/>. Null for no limit.</summary>
    /// <value>The default is 1 GiB.</value>
    public long? MaxTotalBytes { get; set; } = 1L << 30;

    /// <summary>
    /// Whether closed files are compressed with gzip. The newest closed file stays as it is, so that a program which follows the files
    /// can read it to its end.
    /// </summary>
    /// <value>The default is false.</value>
    public bool CompressClosedFiles { get; set; }

    internal void Validate()
    {
        Require(!string.IsNullOrWhiteSpace(Directory), nameof(Directory), "names no directory; set it to one on a local disk");
        Require(MaxFileBytes >= 64 << 10, nameof(MaxFileBytes), $"is {MaxFileBytes}; it must be at least 64 KiB");
        Require(MaxFileAge is null || MaxFileAge > TimeSpan.Zero, nameof(MaxFileAge), $"is {MaxFileAge}; it must be above 0, or null for no limit");
        Require(MaxFiles is null or >= 2, nameof(MaxFiles), $"is {MaxFiles}; it must be at least 2, or null for no limit");
        Require(
            MaxTotalBytes is null || MaxTotalBytes >= 2 * MaxFileBytes,
            nameof(MaxTotalBytes),
            $"is {MaxTotalBytes}; it must hold two files of {nameof(MaxFileBytes)}, which is {MaxFileBytes}, or be null for no limit");
    }

    private static void Require(bool condition, string option, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException($"{nameof(NdjsonOptions)}.{option} {problem}.");
        }
    }
}
