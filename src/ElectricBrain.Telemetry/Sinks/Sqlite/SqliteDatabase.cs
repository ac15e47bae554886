using Microsoft.Data.Sqlite;

namespace ElectricBrain.Telemetry.Sinks.Sqlite;

/// <summary>Opens the database file and keeps its schema.</summary>
internal sealed class SqliteDatabase(string path)
{
    /// <summary>Marks the file as ours in its header ("EBTS").</summary>
    private const int ApplicationId = 0x45425453;

    private const int SchemaVersion = 1;

    // A WAL file with write-ahead log: one writer and readers in other processes. The rows of a series lie together in time order.
    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS series (
          id INTEGER PRIMARY KEY,
          key TEXT NOT NULL UNIQUE,
          host_name TEXT NOT NULL,
          device_id TEXT NOT NULL,
          sensor_id TEXT NOT NULL,
          sensor_type TEXT NOT NULL,
          unit TEXT NOT NULL,
          simulated INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE IF NOT EXISTS reading (
          series INTEGER NOT NULL REFERENCES series (id),
          ts INTEGER NOT NULL,
          value REAL NOT NULL,
          PRIMARY KEY (series, ts)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS latest (
          series INTEGER PRIMARY KEY REFERENCES series (id),
          ts INTEGER NOT NULL,
          value REAL NOT NULL
        ) STRICT;
        CREATE TABLE IF NOT EXISTS checkpoint (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          count INTEGER NOT NULL
        ) STRICT;
        INSERT OR IGNORE INTO checkpoint VALUES (1, 0);
        """;

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
        var version = connection.ReadScalar("PRAGMA user_version");
        var tables = connection.ReadScalar("SELECT count(*) FROM sqlite_master");
        if (application != ApplicationId && tables > 0)
        {
            throw new InvalidDataException($"The database {Path} belongs to another program; choose another file.");
        }

        if (version > SchemaVersion)
        {
            throw new InvalidDataException($"The database {Path} has version {version}, this program knows up to {SchemaVersion}; update the program or choose another file.");
        }

        connection.Execute("PRAGMA journal_mode = WAL");
        connection.Execute($"BEGIN IMMEDIATE; {Schema} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {SchemaVersion}; COMMIT");
    }
}
