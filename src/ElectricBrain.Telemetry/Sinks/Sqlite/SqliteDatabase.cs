using Microsoft.Data.Sqlite;

namespace ElectricBrain.Telemetry.Sinks.Sqlite;

/// <summary>Opens the database file and keeps its schema.</summary>
internal sealed class SqliteDatabase(string path)
{
    /// <summary>Marks the file as ours in its header ("EBTS").</summary>
    private const int ApplicationId = 0x45425453;

    private readonly Lock _gate = new();
    private bool _isReady;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Opens a connection of its own; the first one makes the file and the tables.</summary>
    /// <exception cref="SqliteException">The file cannot be used.</exception>
    /// <exception cref="InvalidDataException">The file is another program's, or of a newer version.</exception>
    public SqliteConnection Open()
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = Path, DefaultTimeout = 30, Pooling = false };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            lock (_gate)
            {
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
                connection.Open();
                if (!_isReady)
                {
                    Prepare(connection);
                    _isReady = true;
                }
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Prepare(SqliteConnection connection)
    {
        var application = connection.ReadScalar("PRAGMA application_id");
        var tables = connection.ReadScalar("SELECT count(*) FROM sqlite_master");
        if (application != ApplicationId && tables > 0)
        {
            throw new InvalidDataException($"The database {Path} belongs to another program; choose another file.");
        }

        var version = connection.ReadScalar("PRAGMA user_version");
        if (version > SqliteSchema.Version)
        {
            throw new InvalidDataException($"The database {Path} has version {version}, this program knows up to {SqliteSchema.Version}; update the program or choose another file.");
        }

        // With a write-ahead log there is one writer and readers in other processes.
        connection.Execute("PRAGMA journal_mode = WAL");
        if (version < SqliteSchema.Version)
        {
            // The version is read again: another process may just have done the same.
            using var transaction = connection.BeginTransaction();
            SqliteSchema.Upgrade(connection, connection.ReadScalar("PRAGMA user_version"));
            connection.Execute($"PRAGMA application_id = {ApplicationId}");
            transaction.Commit();
        }
    }
}
