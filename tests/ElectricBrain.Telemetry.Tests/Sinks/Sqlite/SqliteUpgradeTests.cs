using ElectricBrain.Telemetry.Documents;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Sqlite;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Sinks.Sqlite;

public sealed class SqliteUpgradeTests : IDisposable
{
    /// <summary>The file of version 1: three readings over two days.</summary>
    private const string VersionOne =
        """
        CREATE TABLE series (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, host_name TEXT NOT NULL, device_id TEXT NOT NULL,
          sensor_id TEXT NOT NULL, sensor_type TEXT NOT NULL, unit TEXT NOT NULL, simulated INTEGER NOT NULL) STRICT;
        CREATE TABLE reading (series INTEGER NOT NULL REFERENCES series (id), ts INTEGER NOT NULL, value REAL NOT NULL, PRIMARY KEY (series, ts)) STRICT, WITHOUT ROWID;
        CREATE TABLE latest (series INTEGER PRIMARY KEY REFERENCES series (id), ts INTEGER NOT NULL, value REAL NOT NULL) STRICT;
        CREATE TABLE checkpoint (id INTEGER PRIMARY KEY CHECK (id = 1), count INTEGER NOT NULL) STRICT;
        INSERT INTO checkpoint VALUES (1, 7);
        INSERT INTO series VALUES (1, 'hostzero/enviro/bme280.temperature/temperature/Cel/simulated', 'hostzero', 'enviro', 'bme280.temperature', 'temperature', 'Cel', 1);
        INSERT INTO reading VALUES (1, 86400000, 20.0), (1, 86401000, 22.0), (1, 172800000, 30.0);
        INSERT INTO latest VALUES (1, 172800000, 30.0);
        PRAGMA application_id = 1161974867;
        PRAGMA user_version = 1;
        """;

    /// <summary>What version 2 added, with the roll-ups of the three readings.</summary>
    private static readonly string VersionTwo = VersionOne +
        string.Concat(new[] { "minute", "hour", "day" }.Select(static span =>
            $"""
            CREATE TABLE reading_{span} (series INTEGER NOT NULL REFERENCES series (id), ts INTEGER NOT NULL, count INTEGER NOT NULL, minimum REAL NOT NULL,
              maximum REAL NOT NULL, sum REAL NOT NULL, last_ts INTEGER NOT NULL, last_value REAL NOT NULL, PRIMARY KEY (series, ts)) STRICT, WITHOUT ROWID;
            INSERT INTO reading_{span} VALUES (1, 86400000, 2, 20.0, 22.0, 42.0, 86401000, 22.0), (1, 172800000, 1, 30.0, 30.0, 30.0, 172800000, 30.0);
            """)) +
        """
        CREATE TABLE retained (table_name TEXT PRIMARY KEY, since INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        PRAGMA user_version = 2;
        """;

    private readonly TempDirectory _directory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Path => _directory.File("store.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task GetSeriesAsync_FileOfVersionOne_IsSummedUpAndKeepsItsReadings()
    {
        SqliteFile.Execute(Path, VersionOne);
        using var store = new SqliteStore(new SqliteOptions { Path = Path });
        var days = await store.GetSeriesAsync(Samples.Temperature.Key, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(4), 2, Cancel);
        Assert.Equal([(2L, 20.0, 21.0, 22.0), (1L, 30.0, 30.0, 30.0)], days.Select(static day => (day.Count, day.Minimum, day.Average, day.Maximum)));
        Assert.Equal([[86_400_000L, 2L, 42.0, 86_401_000L, 22.0], [172_800_000L, 1L, 30.0, 172_800_000L, 30.0]], SqliteFile.Read(Path, "SELECT ts, count, sum, last_ts, last_value FROM reading_minute"));
        Assert.Equal(3L, SqliteFile.Read(Path, "PRAGMA user_version").Single()[0]);
    }

    [Fact]
    public async Task WriteAsync_FileOfVersionOne_AddsToItsRollUps()
    {
        SqliteFile.Execute(Path, VersionOne);
        using var store = new SqliteStore(new SqliteOptions { Path = Path });
        var day = DateTimeOffset.UnixEpoch.AddDays(1);
        var fates = await store.StoreAsync(new(Samples.Temperature, day, 20), new TelemetryRecord(Samples.Temperature, day.AddSeconds(2), 27));
        Assert.Equal([RecordFate.Duplicate, RecordFate.Stored], fates.Select(static fate => fate.Fate));
        Assert.Equal([86_400_000L, 3L, 20.0, 27.0, 69.0, 27.0], SqliteFile.Read(Path, "SELECT ts, count, minimum, maximum, sum, last_value FROM reading_hour").First());
    }

    [Fact]
    public async Task WriteAsync_FileOfVersionTwo_KeepsItsReadingsAndTheClockMarksOfNewOnes()
    {
        SqliteFile.Execute(Path, VersionTwo);
        using var store = new SqliteStore(new SqliteOptions { Path = Path });
        var day = DateTimeOffset.UnixEpoch.AddDays(1);
        var batch = new TelemetryBatch();
        var marks = new[] { ClockMark.None, ClockMark.None, ClockMark.Corrected, ClockMark.Unsynchronised };
        for (var i = 0; i < marks.Length; i++)
        {
            // The first is there already.
            batch.Add(i + 1, Batches.Encode(new TelemetryRecord(Samples.Temperature, day.AddSeconds(i == 0 ? 0 : i + 1), 20 + i), marks[i]));
        }

        batch.Offer(marks.Length);
        await store.WriteAsync(batch, Cancel);
        Assert.Equal([RecordFate.Duplicate, RecordFate.Stored, RecordFate.Stored, RecordFate.Stored], batch.Fates().Select(static fate => fate.Fate));
        Assert.Equal(
            [[86_400_000L, 20.0, DBNull.Value], [86_401_000L, 22.0, DBNull.Value], [86_402_000L, 21.0, DBNull.Value], [86_403_000L, 22.0, "corrected"], [86_404_000L, 23.0, "unsynchronised"], [172_800_000L, 30.0, DBNull.Value]],
            SqliteFile.Read(Path, "SELECT ts, value, clock FROM reading"));
        Assert.Equal(3L, SqliteFile.Read(Path, "PRAGMA user_version").Single()[0]);
        Assert.Equal([86_400_000L, 5L], SqliteFile.Read(Path, "SELECT ts, count FROM reading_hour").First());
    }

    [Fact]
    public async Task GetLatestAsync_FileOfANewerVersion_IsLeftAloneAndSaysSo()
    {
        SqliteFile.Execute(Path, VersionOne + "PRAGMA user_version = 99");
        using var store = new SqliteStore(new SqliteOptions { Path = Path });
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => store.GetLatestAsync(Cancel));
        Assert.StartsWith($"The database {Path} has version 99, this program knows up to 3;", refused.Message, StringComparison.Ordinal);
        Assert.Empty(SqliteFile.Read(Path, "SELECT 1 FROM sqlite_master WHERE name = 'reading_minute'"));
    }
}
