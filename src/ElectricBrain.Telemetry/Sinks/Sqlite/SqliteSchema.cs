using Microsoft.Data.Sqlite;

namespace ElectricBrain.Telemetry.Sinks.Sqlite;

/// <summary>The tables, and how the file of an older program gets them. The version is SQLite's <c>user_version</c>.</summary>
internal static class SqliteSchema
{
    public const int Version = 3;

    // The rows of a series lie together in time order.
    private const string Readings =
        """
        CREATE TABLE series (
          id INTEGER PRIMARY KEY,
          key TEXT NOT NULL UNIQUE,
          host_name TEXT NOT NULL,
          device_id TEXT NOT NULL,
          sensor_id TEXT NOT NULL,
          sensor_type TEXT NOT NULL,
          unit TEXT NOT NULL,
          simulated INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE reading (
          series INTEGER NOT NULL REFERENCES series (id),
          ts INTEGER NOT NULL,
          value REAL NOT NULL,
          PRIMARY KEY (series, ts)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE latest (
          series INTEGER PRIMARY KEY REFERENCES series (id),
          ts INTEGER NOT NULL,
          value REAL NOT NULL
        ) STRICT;
        CREATE TABLE checkpoint (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          count INTEGER NOT NULL
        ) STRICT;
        INSERT INTO checkpoint VALUES (1, 0);
        """;

    // What a table held before "since" was deleted as too old.
    private const string Retained =
        """
        CREATE TABLE retained (
          table_name TEXT PRIMARY KEY,
          since INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """;

    // What the document says of the clock that ts comes from; nothing as a rule, and in rows of older programs.
    private const string ClockMark = "ALTER TABLE reading ADD COLUMN clock TEXT CHECK (clock IN ('corrected', 'unsynchronised'));";

    /// <summary>Brings a database of a version up to <see cref="Version"/>; 0 is an empty one. The caller has a write transaction.</summary>
    public static void Upgrade(SqliteConnection connection, long version)
    {
        if (version < 1)
        {
            connection.Execute(Readings);
        }

        if (version < 2)
        {
            connection.Execute(Retained);
            foreach (var rollup in SqliteResolution.Rollups)
            {
                connection.Execute(Rollup(rollup));
            }
        }

        if (version < 3)
        {
            connection.Execute(ClockMark);
        }

        connection.Execute($"PRAGMA user_version = {Version}");
    }

    /// <summary>Makes a table of roll-ups out of the readings that are there.</summary>
    private static string Rollup(SqliteResolution resolution) =>
        $"""
        CREATE TABLE {resolution.Table} (
          series INTEGER NOT NULL REFERENCES series (id),
          ts INTEGER NOT NULL,
          count INTEGER NOT NULL,
          minimum REAL NOT NULL,
          maximum REAL NOT NULL,
          sum REAL NOT NULL,
          last_ts INTEGER NOT NULL,
          last_value REAL NOT NULL,
          PRIMARY KEY (series, ts)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO {resolution.Table}
        SELECT span.series, span.start, span.count, span.minimum, span.maximum, span.sum, span.last_ts, reading.value
        FROM (
          SELECT series, ts - (ts % {resolution.Milliseconds} + {resolution.Milliseconds}) % {resolution.Milliseconds} AS start,
            count(*) AS count, min(value) AS minimum, max(value) AS maximum, sum(value) AS sum, max(ts) AS last_ts
          FROM reading
          GROUP BY 1, 2
        ) AS span
        JOIN reading ON reading.series = span.series AND reading.ts = span.last_ts;
        """;
}
