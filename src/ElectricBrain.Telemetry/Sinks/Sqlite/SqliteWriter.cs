using System.Globalization;
using ElectricBrain.Telemetry.Documents;
using Microsoft.Data.Sqlite;

namespace ElectricBrain.Telemetry.Sinks.Sqlite;

/// <summary>The writing connection with its prepared statements.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<TelemetrySeries, long> _series = [];
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _existing;
    private readonly SqliteCommand _latest;
    private readonly SqliteRollup[] _rollups;
    private readonly SqliteRetention _retention;
    private SqliteTransaction? _transaction;
    private long _newest;

    public SqliteWriter(SqliteConnection connection, SqliteOptions options, TimeProvider time)
    {
        _connection = connection;

        // A commit does not wait for the disk; MakeDurable does, once for many commits, before the outbox lets go of the records.
        connection.Execute("PRAGMA synchronous = NORMAL");
        _insert = connection.Prepare("INSERT OR IGNORE INTO reading (series, ts, value, clock) VALUES ($series, $ts, $value, $clock)", "$series", "$ts", "$value", "$clock");
        _existing = connection.Prepare("SELECT value FROM reading WHERE series = $series AND ts = $ts", "$series", "$ts");
        _latest = connection.Prepare(
            "INSERT INTO latest (series, ts, value) VALUES ($series, $ts, $value) ON CONFLICT (series) DO UPDATE SET ts = excluded.ts, value = excluded.value WHERE excluded.ts >= ts",
            "$series", "$ts", "$value");
        _rollups = SqliteResolution.Rollups.Select(resolution => new SqliteRollup(connection, resolution)).ToArray();
        _retention = new SqliteRetention(connection, options, time);
    }

    /// <summary>Starts a batch. A writer that threw is not used again.</summary>
    public void Begin()
    {
        _newest = long.MinValue;
        _transaction = _connection.BeginTransaction();
        _insert.Transaction = _existing.Transaction = _latest.Transaction = _transaction;
    }

    /// <summary>Stores a record of the batch.</summary>
    public (RecordFate Fate, string? Reason) Insert(TelemetryRecord record, ClockMark mark)
    {
        var timestamp = record.Timestamp.ToUnixTimeMilliseconds();
        if (timestamp < _retention.ReadingsSince)
        {
            return (RecordFate.Late, $"The reading is older than what the store keeps, single readings since {DateTimeOffset.FromUnixTimeMilliseconds(_retention.ReadingsSince):O}; raise {nameof(SqliteOptions)}.{nameof(SqliteOptions.ReadingRetention)}.");
        }

        var series = SeriesId(record.Series);
        _insert.Bind(series, timestamp, record.Value, TextOf(mark));
        if (_insert.ExecuteNonQuery() == 0)
        {
            _existing.Bind(series, timestamp);
            var stored = (double)_existing.ExecuteScalar()!;
            return stored == record.Value
                ? (RecordFate.Duplicate, null)
                : (RecordFate.Rejected, string.Create(CultureInfo.InvariantCulture, $"The series {record.Series.Key} has the value {stored} at this millisecond already; the clock may have been set back."));
        }

        _latest.Bind(series, timestamp, record.Value);
        _latest.ExecuteNonQuery();
        Array.ForEach(_rollups, rollup => rollup.Add(series, timestamp, record.Value));
        _newest = Math.Max(_newest, timestamp);
        return (RecordFate.Stored, null);
    }

    /// <summary>Ends the batch: readings, roll-ups and what they push out become visible at once.</summary>
    public void Commit()
    {
        Array.ForEach(_rollups, rollup => rollup.Write(_transaction!));
        if (_newest > long.MinValue)
        {
            _retention.Apply(_newest, _transaction!);
        }

        _transaction!.Commit();
        _transaction.Dispose();
        _transaction = null;
    }

    /// <summary>Makes all commits so far survive a power loss: one commit that syncs the write-ahead log syncs what lies before it in the log too.</summary>
    public void MakeDurable()
    {
        _connection.Execute("PRAGMA synchronous = FULL");
        _connection.Execute("UPDATE checkpoint SET count = count + 1");
        _connection.Execute("PRAGMA synchronous = NORMAL");
    }

    public void Dispose()
    {
        _transaction?.Dispose();
        Array.ForEach(_rollups, static rollup => rollup.Dispose());
        _insert.Dispose();
        _existing.Dispose();
        _latest.Dispose();
        _connection.Dispose();
    }

    private static object TextOf(ClockMark mark) => mark switch
    {
        ClockMark.Corrected => "corrected",
        ClockMark.Unsynchronised => "unsynchronised",
        _ => DBNull.Value,
    };

    private long SeriesId(TelemetrySeries series)
    {
        if (_series.TryGetValue(series, out var known))
        {
            return known;
        }

        using var command = _connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText =
            """
            INSERT INTO series (key, host_name, device_id, sensor_id, sensor_type, unit, simulated)
            VALUES ($key, $host, $device, $sensor, $type, $unit, $simulated)
            ON CONFLICT (key) DO UPDATE SET key = excluded.key
            RETURNING id
            """;
        command.Parameters.AddWithValue("$key", series.Key);
        command.Parameters.AddWithValue("$host", series.HostName);
        command.Parameters.AddWithValue("$device", series.DeviceId);
        command.Parameters.AddWithValue("$sensor", series.SensorId);
        command.Parameters.AddWithValue("$type", series.SensorType);
        command.Parameters.AddWithValue("$unit", series.Unit);
        command.Parameters.AddWithValue("$simulated", series.IsSimulated);
        return _series[series] = (long)command.ExecuteScalar()!;
    }
}
