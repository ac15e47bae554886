using ElectricBrain.Telemetry.Query;
using Microsoft.Data.Sqlite;

namespace ElectricBrain.Telemetry.Sinks.Sqlite;

/// <summary>Chooses the table that answers for a series with the fewest rows.</summary>
internal static class SqliteSpanQuery
{
    // A roll-up is used for spans of at least so many of its buckets: the buckets that spans cut are read reading by reading.
    private const int BucketsPerSpan = 2;

    // Spans beyond this are no graph; the cuts between them would take more work than the readings.
    private const long MostSpans = 100_000;

    private const string Series = "(SELECT id FROM series WHERE key = $key)";

    private const string FromReadings =
        $"""
        SELECT (ts - $start) / $width AS span, count(*), min(value), avg(value), max(value)
        FROM reading
        WHERE series = {Series} AND ts >= $start AND ts < $end
        GROUP BY span
        ORDER BY span
        """;

    public static (string Sql, (string Name, object Value)[] Values) For(SqliteConnection connection, SeriesSpans spans, string key)
    {
        (string, object)[] values = [("$key", key), ("$start", spans.Start), ("$end", spans.End), ("$width", spans.Width)];
        if (Since(connection, SqliteResolution.Reading) <= spans.Start)
        {
            var fitting = (spans.End - spans.Start) / spans.Width > MostSpans || spans.Start < 0
                ? null
                : SqliteResolution.Rollups.LastOrDefault(rollup => rollup.Milliseconds * BucketsPerSpan <= spans.Width);
            return (fitting is null ? FromReadings : Exact(fitting), values);
        }

        var kept = SqliteResolution.Rollups.Where(rollup => Since(connection, rollup) <= spans.Start).DefaultIfEmpty(SqliteResolution.Day).ToArray();
        return (FromBuckets(kept.LastOrDefault(rollup => rollup.Milliseconds <= spans.Width) ?? kept[0]), values);
    }

    /// <summary>Whole buckets where they lie within one span, single readings of the buckets that the start, the end or a span cuts.</summary>
    private static string Exact(SqliteResolution rollup) =>
        $"""
        WITH RECURSIVE
          bound (ts) AS (SELECT $start UNION ALL SELECT ts + $width FROM bound WHERE ts + $width < $end),
          cut (ts) AS (
            SELECT ts - ts % {rollup.Milliseconds} FROM bound WHERE ts % {rollup.Milliseconds} <> 0
            UNION
            SELECT $end - $end % {rollup.Milliseconds} WHERE $end % {rollup.Milliseconds} <> 0),
          part (ts, count, minimum, sum, maximum) AS (
            SELECT ts, count, minimum, sum, maximum
            FROM {rollup.Table}
            WHERE series = {Series} AND ts >= $start AND ts < $end AND ts NOT IN (SELECT ts FROM cut)
            UNION ALL
            SELECT r.ts, 1, r.value, r.value, r.value
            FROM cut CROSS JOIN reading r ON r.series = {Series} AND r.ts >= max(cut.ts, $start) AND r.ts < min(cut.ts + {rollup.Milliseconds}, $end))
        SELECT (ts - $start) / $width AS span, sum(count), min(minimum), sum(sum) / sum(count), max(maximum)
        FROM part
        GROUP BY span
        ORDER BY span
        """;

    /// <summary>Buckets alone, where the readings are gone: each counts in the span that it starts in.</summary>
    private static string FromBuckets(SqliteResolution rollup) =>
        $"""
        SELECT (ts - $start) / $width AS span, sum(count), min(minimum), sum(sum) / sum(count), max(maximum)
        FROM {rollup.Table}
        WHERE series = {Series} AND ts >= $start AND ts < $end
        GROUP BY span
        ORDER BY span
        """;

    private static long Since(SqliteConnection connection, SqliteResolution resolution) =>
        connection.ReadScalar($"SELECT coalesce((SELECT since FROM retained WHERE table_name = '{resolution.Table}'), {long.MinValue + 1})");
}
