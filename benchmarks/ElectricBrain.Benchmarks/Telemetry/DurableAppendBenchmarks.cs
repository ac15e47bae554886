using BenchmarkDotNet.Attributes;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Outbox.Files;
using Microsoft.Data.Sqlite;

namespace ElectricBrain.Benchmarks.Telemetry;

/// <summary>
/// One durable commit of 100 records of 200 bytes: the outbox beside fdatasync of the same bytes in a file filled ahead, and beside
/// SQLite with a write-ahead log and synchronous=FULL. The directory is in the working directory, so run it on the disk in question.
/// </summary>
[MemoryDiagnoser]
public class DurableAppendBenchmarks : IDisposable
{
    public const int CommitBytes = Records * RecordBytes;

    private const int Records = 100;
    private const int RecordBytes = 200;
    private const int SegmentBytes = 8 << 20;

    private readonly string _directory = Path.GetFullPath($"durable-append-{Guid.NewGuid():N}");
    private readonly byte[] _frames = new byte[Records * (RecordFrame.HeaderLength + RecordBytes)];
    private readonly byte[] _record = new byte[RecordBytes];
    private OutboxLog _log = null!;
    private IOutboxFile _raw = null!;
    private long _rawPosition;
    private SqliteConnection _sqlite = null!;
    private SqliteCommand _insert = null!;

    [GlobalSetup]
    public void Setup()
    {
        Random.Shared.NextBytes(_record);
        using var write = new PendingWrite();
        for (var i = 0; i < Records; i++)
        {
            _record.CopyTo(write.Reserve(RecordBytes));
            write.Advance(RecordBytes);
        }

        write.Frames.CopyTo(_frames);
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
        _insert.Parameters.AddWithValue("$payload", _record);
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
        _rawPosition = _rawPosition + _frames.Length > SegmentBytes ? 0 : _rawPosition;
        _raw.Write(_frames, _rawPosition);
        _raw.Sync();
        _rawPosition += _frames.Length;
    }

    [Benchmark]
    public void Outbox()
    {
        OutboxWithoutDelivery();
        _log.Release(_log.DurableSequence);
    }

    /// <summary>No segment becomes free, so that each new one has to be filled with zeros first.</summary>
    public void OutboxWithoutDelivery()
    {
        if (_log.WantsSpare)
        {
            _log.Prepare();
        }

        _log.Commit(_frames);
    }

    [Benchmark]
    public void SqliteWalFull()
    {
        using var transaction = _sqlite.BeginTransaction();
        _insert.Transaction = transaction;
        for (var i = 0; i < Records; i++)
        {
            _insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private void Execute(string sql)
    {
        using var command = _sqlite.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
