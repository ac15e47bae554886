namespace ElectricBrain.Telemetry.Sinks.Sqlite;

/// <summary>Where the embedded store is, and how long it keeps what. A retention of null keeps for ever.</summary>
public sealed class SqliteOptions
{
    /// <summary>The database file; it and its directory are made when missing. Must be on a local disk, not on NFS.</summary>
    public string Path { get; set; } = "";

    /// <summary>How long single readings are kept, at least 1 day. A reading that comes later than that is kept aside as late.</summary>
    /// <value>The default is 30 days.</value>
    public TimeSpan? ReadingRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long the roll-ups of a minute are kept, at least as long as readings.</summary>
    /// <value>The default is 365 days.</value>
    public TimeSpan? MinuteRetention { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How long the roll-ups of an hour are kept, at least as long as those of a minute.</summary>
    /// <value>The default is null.</value>
    public TimeSpan? HourRetention { get; set; }

    /// <summary>How long the roll-ups of a day are kept, at least as long as those of an hour.</summary>
    /// <value>The default is null.</value>
    public TimeSpan? DayRetention { get; set; }

    internal void Validate()
    {
        Require(!string.IsNullOrWhiteSpace(Path), nameof(Path), "names no file; set it to one on a local disk");
        Require(ReadingRetention is null || ReadingRetention >= TimeSpan.FromDays(1), nameof(ReadingRetention), $"is {ReadingRetention}; it must be at least 1 day, or null to keep readings for ever");
        RequireAtLeast(MinuteRetention, nameof(MinuteRetention), ReadingRetention, nameof(ReadingRetention));
        RequireAtLeast(HourRetention, nameof(HourRetention), MinuteRetention, nameof(MinuteRetention));
        RequireAtLeast(DayRetention, nameof(DayRetention), HourRetention, nameof(HourRetention));
    }

    private static void RequireAtLeast(TimeSpan? coarse, string option, TimeSpan? fine, string other) =>
        Require(coarse is null || coarse >= fine, option, $"is {coarse}, less than {other}, which is {fine?.ToString() ?? "for ever"}; roll-ups are kept at least as long as what they sum up");

    private static void Require(bool condition, string option, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException($"{nameof(SqliteOptions)}.{option} {problem}.");
        }
    }
}
