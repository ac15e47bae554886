namespace ElectricBrain.Telemetry.Sinks.Sqlite;

/// <summary>One of the tables that a series is kept in: single readings, or roll-ups of them over spans of equal length.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Milliseconds">The length of a roll-up's span; 0 for single readings.</param>
internal sealed record SqliteResolution(string Table, long Milliseconds)
{
    public static readonly SqliteResolution Reading = new("reading", 0);

    public static readonly SqliteResolution Minute = new("reading_minute", 60_000);

    public static readonly SqliteResolution Hour = new("reading_hour", 3_600_000);

    public static readonly SqliteResolution Day = new("reading_day", 86_400_000);

    /// <summary>The tables of roll-ups, finest first.</summary>
    public static readonly IReadOnlyList<SqliteResolution> Rollups = [Minute, Hour, Day];

    /// <summary>The start of the span that a timestamp lies in.</summary>
    public long Floor(long timestamp)
    {
        var rest = timestamp % Milliseconds;
        return timestamp - (rest < 0 ? rest + Milliseconds : rest);
    }
}
