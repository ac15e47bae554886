using Microsoft.Data.Sqlite;

namespace ElectricBrain.Telemetry.Sinks.Sqlite;

/// <summary>
/// Deletes what is too old, little by little with each batch. Age counts from the newest reading of the batch, or from now where that
/// is earlier: a backlog that is delivered after days is stored before its age counts, and a clock that runs late deletes nothing.
/// </summary>
internal sealed class SqliteRetention
{
    // What one batch deletes at most; the first one after a change of the options may have years to delete.
    private const long LongestStep = 86_400_000;

    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;
    private readonly Rule[] _rules;

    public SqliteRetention(SqliteConnection connection, SqliteOptions options, TimeProvider time)
    {
        _connection = connection;
        _time = time;
        _rules =
        [
            // Deleting in whole steps spares the work in most batches.
            NewRule(SqliteResolution.Reading, options.ReadingRetention, SqliteResolution.Minute),
            NewRule(SqliteResolution.Minute, options.MinuteRetention, SqliteResolution.Hour),
            NewRule(SqliteResolution.Hour, options.HourRetention, SqliteResolution.Day),
            NewRule(SqliteResolution.Day, options.DayRetention, SqliteResolution.Day),
        ];
    }

    /// <summary>Single readings from before this were deleted: whether such a one was stored before cannot be told.</summary>
    public long ReadingsSince => _rules[0].Since;

    /// <summary>Deletes, inside of the transaction that stored a batch.</summary>
    /// <param name="newest">The newest timestamp of the batch.</param>
    /// <param name="transaction">The transaction.</param>
    public void Apply(long newest, SqliteTransaction transaction)
    {
        var now = Math.Min(newest, _time.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var rule in _rules.Where(static rule => rule.Age is not null))
        {
            var cutoff = rule.Step.Floor(now - rule.Age!.Value);
            if (cutoff > rule.Since)
            {
                rule.Since = Delete(rule, cutoff, transaction);
            }
        }
    }

    private long Delete(Rule rule, long cutoff, SqliteTransaction transaction)
    {
        var table = rule.Resolution.Table;
        using var oldest = Command($"SELECT coalesce(min((SELECT min(ts) FROM {table} WHERE series = series.id)), $cutoff) FROM series", transaction, ("$cutoff", cutoff));
        var since = Math.Min(cutoff, Math.Max(rule.Since, rule.Step.Floor((long)oldest.ExecuteScalar()!) + LongestStep));
        if (since <= rule.Since)
        {
            return rule.Since;
        }

        // Through the series table, so that each part is found by the primary key.
        using var delete = Command($"DELETE FROM {table} WHERE (series, ts) IN (SELECT t.series, t.ts FROM series s CROSS JOIN {table} t ON t.series = s.id AND t.ts < $since)", transaction, ("$since", since));
        delete.ExecuteNonQuery();
        using var remember = Command("INSERT INTO retained VALUES ($table, $since) ON CONFLICT (table_name) DO UPDATE SET since = excluded.since", transaction, ("$table", table), ("$since", since));
        remember.ExecuteNonQuery();
        return since;
    }

    private Rule NewRule(SqliteResolution resolution, TimeSpan? age, SqliteResolution step) =>
        new(resolution, age is { } span ? (long)span.TotalMilliseconds : null, step)
        {
            Since = _connection.ReadScalar($"SELECT coalesce((SELECT since FROM retained WHERE table_name = '{resolution.Table}'), {long.MinValue + 1})"),
        };

    private SqliteCommand Command(string sql, SqliteTransaction transaction, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = _connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The text is a constant of this package; values are always bound.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    private sealed class Rule(SqliteResolution resolution, long? age, SqliteResolution step)
    {
        public SqliteResolution Resolution => resolution;

        public long? Age => age;

        public SqliteResolution Step => step;

        public long Since { get; set; }
    }
}
