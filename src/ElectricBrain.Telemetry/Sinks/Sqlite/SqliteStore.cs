using ElectricBrain.Telemetry.Documents;
using ElectricBrain.Telemetry.Query;
using Microsoft.Data.Sqlite;

namespace ElectricBrain.Telemetry.Sinks.Sqlite;

/// <summary>
/// The embedded store: one SQLite file in WAL mode, readable by other processes while it is written. A record is stored once however
/// often it is delivered.
/// </summary>
public sealed class SqliteStore : ITelemetrySink, ITelemetryQuery, IDisposable
{
    private readonly SqliteOptions _options;
    private readonly TimeProvider _time;
    private readonly SqliteDatabase _database;
    private readonly SqliteQuery _query;
    private readonly DocumentDecoder _decoder = new();
    private SqliteWriter? _writer;

    /// <summary>Makes the store; the file is opened, and made when missing, by the first access.</summary>
    /// <param name="options">The file, and how long it keeps what.</param>
    /// <param name="timeProvider">The clock that ages are measured by; the system's when null.</param>
    /// <exception cref="ArgumentException">An option is not usable; the message names it.</exception>
    public SqliteStore(SqliteOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _time = timeProvider ?? TimeProvider.System;
        _database = new SqliteDatabase(options.Path);
        _query = new SqliteQuery(_database);
    }

    /// <inheritdoc/>
    public string Name => "sqlite";

    /// <summary>Up to 5,000 records at once, without waiting for more.</summary>
    public BatchLimits Limits { get; } = new(5000, 4 << 20, TimeSpan.Zero);

    /// <inheritdoc/>
    public ValueTask<SinkOutcome> WriteAsync(TelemetryBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        try
        {
            _writer ??= new SqliteWriter(_database.Open(), _options, _time);
            Store(_writer, batch);
            return ValueTask.FromResult(SinkOutcome.Completed());
        }
        catch (SqliteException e)
        {
            // A connection that failed is not used again: the file may have been replaced, moved, or the disk remounted.
            Close();
            return ValueTask.FromResult(SinkOutcome.Unavailable($"The database {_database.Path} could not be written: {e.Message}"));
        }
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        _writer?.MakeDurable();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TelemetrySeries>> ListSeriesAsync(CancellationToken cancellationToken = default) => _query.ListSeriesAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TelemetryRecord>> GetLatestAsync(CancellationToken cancellationToken = default) => _query.GetLatestAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SeriesPoint>> GetSeriesAsync(
        string seriesKey, DateTimeOffset from, DateTimeOffset to, int maxPoints, CancellationToken cancellationToken = default) =>
        _query.GetSeriesAsync(seriesKey, from, to, maxPoints, cancellationToken);

    /// <summary>Closes the writing connection.</summary>
    public void Dispose() => Close();

    private void Store(SqliteWriter writer, TelemetryBatch batch)
    {
        writer.Begin();
        for (var i = 0; i < batch.Count; i++)
        {
            try
            {
                var (fate, reason) = writer.Insert(_decoder.Decode(batch[i].Span, out var mark), mark);
                batch.Settle(i, fate, reason);
            }
            catch (FormatException e)
            {
                batch.Settle(i, RecordFate.Rejected, e.Message);
            }
        }

        writer.Commit();
    }

    private void Close()
    {
        _writer?.Dispose();
        _writer = null;
    }
}
