using System.Globalization;
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

    public SqliteWriter(SqliteConnection connection)
    {
        _connection = connection;

        // A commit does not wait for the disk; MakeDurable does, once for many commits, before the outbox lets go of the records.
        connection.Execute("PRAGMA synchronous = NORMAL");
        _insert = Prepare("INSERT OR IGNORE INTO reading (series, ts, value) VALUES ($series, $ts, $value)", "$series", "$ts", "$value");
        _existing = Prepare("SELECT value FROM reading WHERE series = $series AND ts = $ts", "$series", "$ts");
        _latest = Prepare(
            "INSERT INTO latest (series, ts, value) VALUES ($series, $ts, $value) ON CONFLICT (series) DO UPDATE SET ts = excluded.ts, value = excluded.value WHERE excluded.ts >= ts",
            "$series", "$ts", "$value");
    }

    public SqliteTransaction Begin()
    {
        var transaction = _connection.BeginTransaction();
        _insert.Transaction = _existing.Transaction = _latest.Transaction = transaction;
        return transaction;
    }


    /// <summary>Stores a record inside of the transaction.</summary>
    public (RecordFate Fate, string? Reason) Insert(TelemetryRecord record, SqliteTransaction transaction)
    {
        var series = SeriesId(record.Series, transaction);
        var timestamp = record.Timestamp.ToUnixTimeMilliseconds();
        Bind(_insert, series, timestamp, record.Value);
        if (_insert.ExecuteNonQuery() == 0)
        {
            Bind(_existing, series, timestamp);
            var stored = (double)_existing.ExecuteScalar()!;
            return stored == record.Value
                ? (RecordFate.Duplicate, null)
                : (RecordFate.Rejected, string.Create(CultureInfo.InvariantCulture, $"The series {record.Series.Key} has the value {stored} at this millisecond already; the clock may have been set back."));
        }

        Bind(_latest, series, timestamp, record.Value);
        _latest.ExecuteNonQuery();
        return (RecordFate.Stored, null);
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
        _insert.Dispose();
        _existing.Dispose();
        _latest.Dispose();
        _connection.Dispose();
    }

    private static void Bind(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    private long SeriesId(TelemetrySeries series, SqliteTransaction transaction)
    {
        if (_series.TryGetValue(series, out var known))
        {
            return known;
        }

        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
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

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name, Value = 0L });
        }

        command.Prepare();
        return command;
    }
}
