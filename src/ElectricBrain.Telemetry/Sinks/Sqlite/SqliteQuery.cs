using ElectricBrain.Telemetry.Query;
using Microsoft.Data.Sqlite;

namespace ElectricBrain.Telemetry.Sinks.Sqlite;

/// <summary>Reads the store, each call over a connection of its own. SQLite blocks its thread, so the work is done on the pool.</summary>
internal sealed class SqliteQuery(SqliteDatabase database) : ITelemetryQuery
{
    private const string SeriesColumns = "s.host_name, s.device_id, s.sensor_id, s.sensor_type, s.unit, s.simulated";

    public Task<IReadOnlyList<TelemetrySeries>> ListSeriesAsync(CancellationToken cancellationToken) =>
        ReadAsync(_ => ($"SELECT {SeriesColumns} FROM series s ORDER BY s.key", []), ReadSeries, cancellationToken);

    public Task<IReadOnlyList<TelemetryRecord>> GetLatestAsync(CancellationToken cancellationToken) =>
        ReadAsync(
            _ => ($"SELECT {SeriesColumns}, l.ts, l.value FROM latest l JOIN series s ON s.id = l.series ORDER BY s.key", []),
            static row => new TelemetryRecord(ReadSeries(row), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)), row.GetDouble(7)),
            cancellationToken);

    public Task<IReadOnlyList<SeriesPoint>> GetSeriesAsync(
        string seriesKey, DateTimeOffset from, DateTimeOffset to, int maxPoints, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seriesKey);
        var spans = SeriesSpans.Of(from, to, maxPoints);
        return ReadAsync(
            connection => SqliteSpanQuery.For(connection, spans, seriesKey),
            row => new SeriesPoint(spans.StartOf(row.GetInt64(0)), row.GetInt64(1), row.GetDouble(2), row.GetDouble(3), row.GetDouble(4)),
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

    private Task<IReadOnlyList<T>> ReadAsync<T>(
        Func<SqliteConnection, (string Sql, (string Name, object Value)[] Values)> query, Func<SqliteDataReader, T> read, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<T>>(
            () =>
            {
                using var connection = database.Open();

                // One transaction, so that what the query was chosen by is still so when it runs.
                using var transaction = connection.BeginTransaction(deferred: true);
                using var command = connection.CreateCommand();
                command.Transaction = transaction;
                (command.CommandText, var values) = query(connection);
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
