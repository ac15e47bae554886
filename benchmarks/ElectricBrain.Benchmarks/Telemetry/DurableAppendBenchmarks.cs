using BenchmarkDotNet.Attributes;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Documents;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Outbox.Files;
using Microsoft.Data.Sqlite;

namespace ElectricBrain.Benchmarks.Telemetry;

/// <summary>
/// One durable commit of 100 records of about 200 bytes, readings as an agent encodes them: the outbox beside fdatasync of the same bytes in a file filled ahead, and beside
/// SQLite with a write-ahead log and synchronous=FULL. The directory is in the working directory, so run it on the disk in question.
/// </summary>
[MemoryDiagnoser]
public class DurableAppendBenchmarks : IDisposable
{
    private const int Records = 100;
    private const int SegmentBytes = 8 << 20;
    private const int Groups = 64; // more than a compressed block holds, so that no record repeats one of its block

    private readonly string _directory = Path.GetFullPath($"durable-append-{Guid.NewGuid():N}");
    private readonly byte[][] _frames = new byte[Groups][];
    private readonly byte[][][] _payloads = new byte[Groups][][];
    private int _next;
    private OutboxLog _log = null!;
    private IOutboxFile _raw = null!;
    private long _rawPosition;
    private SqliteConnection _sqlite = null!;
    private SqliteCommand _insert = null!;

    /// <summary>What a commit holds of records, on average.</summary>
    public double CommitBytes => _payloads.Average(static group => group.Sum(static payload => payload.Length));

    [GlobalSetup]
    public void Setup()
    {
        MakeRecords();
        _log = OutboxLog.Open(new DiskFileSystem(Path.Combine(_directory, "outbox")), SegmentBytes, long.MaxValue, static _ => { });
        var files = new DiskFileSystem(Path.Combine(_directory, "raw"));
        files.Prepare();
        _raw = files.Open("raw", create: true);
        _raw.Write(new byte[SegmentBytes], 0);
        _raw.Sync();
        _sqlite = new SqliteConnection($"Data Source={Path.Combine(_directory, "store.db")};Pooling=false");
        _sqlite.Open();
        Execute("PRAGMA journal_mode=WAL");
        Execute("PRAGMA synchronous=FULL");
        Execute("CREATE TABLE outbox (id INTEGER PRIMARY KEY, payload BLOB NOT NULL)");
        _insert = _sqlite.CreateCommand();
        _insert.CommandText = "INSERT INTO outbox (payload) VALUES ($payload)";
        _insert.Parameters.AddWithValue("$payload", Array.Empty<byte>());
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _log.Dispose();
        _raw.Dispose();
        _insert.Dispose();
        _sqlite.Dispose();
        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void RawFdatasync()
    {
        var frames = _frames[Next()];
        _rawPosition = _rawPosition + frames.Length > SegmentBytes ? 0 : _rawPosition;
        _raw.Write(frames, _rawPosition);
        _raw.Sync();
        _rawPosition += frames.Length;
    }

    [Benchmark]
    public void Outbox()
    {
        OutboxWithoutDelivery();
        _log.Release(_log.DurableSequence);
    }

    /// <summary>No segment becomes free, so that old ones are compressed to use their files again.</summary>
    public void OutboxWithoutDelivery()
    {
        if (_log.WantsSpare)
        {
            _log.Prepare();
        }

        _log.Commit(_frames[Next()]);
    }

    /// <summary>A commit that nobody shares.</summary>
    public void OutboxOneRecord() => _log.Commit(_frames[Next()].AsSpan(0, RecordFrame.HeaderLength + _payloads[_next][0].Length));

    /// <inheritdoc cref="OutboxOneRecord"/>
    public void SqliteOneRecord() => Insert(_payloads[Next()].AsSpan(0, 1));

    [Benchmark]
    public void SqliteWalFull() => Insert(_payloads[Next()]);

    private void Insert(ReadOnlySpan<byte[]> payloads)
    {
        using var transaction = _sqlite.BeginTransaction();
        _insert.Transaction = transaction;
        foreach (var payload in payloads)
        {
            _insert.Parameters[0].Value = payload;
            _insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private int Next() => _next = (_next + 1) % Groups;

    /// <summary>Five sensors a second; values have the digits that sensors resolve, and are otherwise random.</summary>
    private void MakeRecords()
    {
        var random = new Random(1);
        var encoder = new DocumentEncoder();
        TelemetrySeries[] series = [.. Enumerable.Range(0, 5).Select(static number => new TelemetrySeries
        {
            HostName = "hostzero",
            DeviceId = "enviro",
            SensorId = $"bme280.temperature-{number}",
            SensorType = "temperature",
            Unit = "Cel",
        })];
        for (var group = 0; group < Groups; group++)
        {
            using var write = new PendingWrite();
            for (var i = 0; i < Records; i++)
            {
                var number = group * Records + i;
                write.Advance(encoder.Encode(
                    series[number % series.Length], 1_764_000_000_000 + number / series.Length * 1_000L + random.Next(50), Math.Round(15 + 20 * random.NextDouble(), 2), write.Reserve(1_024)));
            }

            _frames[group] = write.Frames.ToArray();
            _payloads[group] = [.. write.Payloads().Select(static payload => payload.ToArray())];
        }
    }

    private void Execute(string sql)
    {
        using var command = _sqlite.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
