using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace ElectricBrain.Telemetry.Sinks.Sqlite;

/// <summary>Commands without values.</summary>
internal static class SqliteCommands
{
    [SuppressMessage("Security", "CA2100", Justification = "The text is a constant of this package; values are always bound.")]
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [SuppressMessage("Security", "CA2100", Justification = "The text is a constant of this package; values are always bound.")]
    public static long ReadScalar(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
