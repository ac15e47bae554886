using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace ElectricBrain.Telemetry.Sinks.Sqlite;

/// <summary>
/// Keeps one table of roll-ups. The new readings of a batch are summed up in memory first, so that a batch costs a row or two per
/// series however many readings it has.
/// </summary>
internal sealed class SqliteRollup(SqliteConnection connection, SqliteResolution resolution) : IDisposable
{
    private readonly Dictionary<(long Series, long Start), RollupBucket> _pending = [];

    private readonly SqliteCommand _merge = connection.Prepare(
        $"""
        INSERT INTO {resolution.Table} (series, ts, count, minimum, maximum, sum, last_ts, last_value)
        VALUES ($series, $ts, $count, $minimum, $maximum, $sum, $last_ts, $last_value)
        ON CONFLICT (series, ts) DO UPDATE SET
          count = count + excluded.count,
          minimum = min(minimum, excluded.minimum),
          maximum = max(maximum, excluded.maximum),
          sum = sum + excluded.sum,
          last_value = CASE WHEN excluded.last_ts > last_ts THEN excluded.last_value ELSE last_value END,
          last_ts = max(last_ts, excluded.last_ts)
        """,
        "$series", "$ts", "$count", "$minimum", "$maximum", "$sum", "$last_ts", "$last_value");

    /// <summary>Adds a reading that the store did not have.</summary>
    public void Add(long series, long timestamp, double value) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_pending, (series, resolution.Floor(timestamp)), out _).Add(timestamp, value);

    /// <summary>Writes what was added since the last call.</summary>
    public void Write(SqliteTransaction transaction)
    {
        _merge.Transaction = transaction;
        foreach (var ((series, start), bucket) in _pending)
        {
            _merge.Bind(series, start, bucket.Count, bucket.Minimum, bucket.Maximum, bucket.Sum, bucket.LastTimestamp, bucket.Last);
            _merge.ExecuteNonQuery();
        }

        _pending.Clear();
    }

    public void Dispose() => _merge.Dispose();
}
