using Microsoft.Data.Sqlite;

namespace ElectricBrain.Integration.Tests.EndToEnd;

/// <summary>An agent's own database, read as Grafana or the sqlite3 shell would.</summary>
internal static class AgentStore
{
    private const string Query =
        """
        SELECT host_name, device_id, sensor_id, sensor_type, unit, simulated, ts, value
        FROM reading JOIN series ON series.id = reading.series ORDER BY ts
        """;

    /// <summary>Every reading in the database of an agent's data folder; none where it has not made one yet.</summary>
    public static async Task<IReadOnlyList<StoredReading>> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var file = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.db", SearchOption.AllDirectories).SingleOrDefault() : null;
        if (file is null)
        {
            return [];
        }

        var settings = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        await using var connection = new SqliteConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = Query;
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var readings = new List<StoredReading>();
        while (await row.ReadAsync(cancellationToken))
        {
            readings.Add(new StoredReading(
                row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetBoolean(5),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)), row.GetDouble(7)));
        }

        return readings;
    }
}
