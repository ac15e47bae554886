using ElectricBrain.Telemetry.Query;
using Microsoft.Data.Sqlite;

namespace ElectricBrain.Telemetry.Sinks.Sqlite;

/// <summary>Reads the store, each call over a connection of its own. SQLite blocks its thread, so the work is done on the pool.</summary>
internal sealed class SqliteQuery(SqliteDatabase database) : ITelemetryQuery
{
    private const string SeriesColumns = "s.host_name, s.device_id, s.sensor_id, s.sensor_type, s.unit, s.simulated";

    public Task<IReadOnlyList<TelemetrySeries>> ListSeriesAsync(CancellationToken cancellationToken) =>
        ReadAsync($"SELECT {SeriesColumns} FROM series s ORDER BY s.key", [], ReadSeries, cancellationToken);

    public Task<IReadOnlyList<TelemetryRecord>> GetLatestAsync(CancellationToken cancellationToken) =>
        ReadAsync(
            $"SELECT {SeriesColumns}, l.ts, l.value FROM latest l JOIN series s ON s.id = l.series ORDER BY s.key",
            [],
            static row => new TelemetryRecord(ReadSeries(row), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)), row.GetDouble(7)),
            cancellationToken);

    public Task<IReadOnlyList<SeriesPoint>> GetSeriesAsync(
        string seriesKey, DateTimeOffset from, DateTimeOffset to, int maxPoints, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seriesKey);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPoints, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        var start = from.ToUnixTimeMilliseconds();
        var end = to.ToUnixTimeMilliseconds() + (to.Ticks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1);
        var width = Math.Max(1, (end - start + maxPoints - 1) / maxPoints);
        return ReadAsync(
            """
            SELECT (ts - $start) / $width AS span, count(*), min(value), avg(value), max(value)
            FROM reading
            WHERE series = (SELECT id FROM series WHERE key = $key) AND ts >= $start AND ts < $end
            GROUP BY span
            ORDER BY span
            """,
            [("$key", seriesKey), ("$start", start), ("$end", end), ("$width", width)],
            row => new SeriesPoint(
                DateTimeOffset.FromUnixTimeMilliseconds(start + row.GetInt64(0) * width), row.GetInt64(1), row.GetDouble(2), row.GetDouble(3), row.GetDouble(4)),
            cancellationToken);
    }

    private static TelemetrySeries ReadSeries(SqliteDataReader row) => new()
    {
        HostName = row.GetString(0),
        DeviceId = row.GetString(1),
        SensorId = row.GetString(2),
        SensorType = row.GetString(3),
        Unit = row.GetString(4),
        IsSimulated = row.GetBoolean(5),
    };

    private Task<IReadOnlyList<T>> ReadAsync<T>(string sql, (string Name, object Value)[] values, Func<SqliteDataReader, T> read, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<T>>(
            () =>
            {
                using var connection = database.Open();
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                Array.ForEach(values, value => command.Parameters.AddWithValue(value.Name, value.Value));
                using var reader = command.ExecuteReader();
                var rows = new List<T>();
                while (reader.Read())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    rows.Add(read(reader));
                }

                return rows;
            },
            cancellationToken);
}
