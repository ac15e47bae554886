using System.Globalization;
using ElectricBrain.Swarm.Deployment;
using Spectre.Console;

namespace ElectricBrain.Samples.DeployTool.Output;

/// <summary>How values look: the same everywhere.</summary>
internal static class Look
{
    private static readonly string[] SizeUnits = ["B", "KiB", "MiB", "GiB", "TiB"];

    public static Table NewTable(Terminal terminal, params ReadOnlySpan<string> columns)
    {
        Table table = new Table { Border = terminal.IsLive ? TableBorder.Rounded : TableBorder.None, UseSafeBorder = false }.BorderColor(Color.Grey);
        foreach (string column in columns)
        {
            var cell = new TableColumn(terminal.IsLive ? $"[bold]{column}[/]" : column.ToUpperInvariant()) { NoWrap = column is not "problem" };
            table.AddColumn(terminal.IsLive ? cell : cell.PadLeft(0).PadRight(2));
        }

        return table;
    }

    public static string Size(long bytes)
    {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < SizeUnits.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {SizeUnits[unit]}");
    }

    public static string Ago(TimeSpan age) => age switch
    {
        { TotalSeconds: < 1 } => "now",
        { TotalMinutes: < 1 } => $"{(int)age.TotalSeconds} s",
        { TotalHours: < 1 } => $"{(int)age.TotalMinutes} min",
        { TotalDays: < 2 } => $"{(int)age.TotalHours} h",
        _ => $"{(int)age.TotalDays} days",
    };

    public static string State(string state) => state switch
    {
        "running" or "ready" or "complete" or "active" => $"[green]{state}[/]",
        "failed" or "rejected" or "down" or "orphaned" => $"[red]{state}[/]",
        "drain" or "pause" or "unknown" or "disconnected" or "pending" => $"[yellow]{state}[/]",
        "shutdown" or "remove" => $"[grey]{state}[/]",
        _ => $"[blue]{state}[/]",
    };

    public static string Action(PlannedAction action) => action switch
    {
        PlannedAction.Create => "[green]+[/]",
        PlannedAction.Update => "[yellow]~[/]",
        PlannedAction.Remove => "[red]-[/]",
        _ => "[grey]=[/]",
    };

    /// <summary>An image without its digest, which no person reads.</summary>
    public static string Image(string image) => image.Split('@')[0];
}
