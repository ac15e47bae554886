using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ElectricBrain.Samples.DeployTool.Output;

internal static class TaskTable
{
    public static IRenderable Of(IReadOnlyList<TaskDocument> tasks, DateTimeOffset now, Terminal terminal)
    {
        Table table = Look.NewTable(terminal, "service", "slot", "node", "state", "for", "image", "problem");
        foreach (TaskDocument task in tasks)
        {
            table.AddRow(
                $"[bold]{Markup.Escape(task.Service)}[/]",
                task.Slot?.ToString(CultureInfo.InvariantCulture) ?? "-",
                Markup.Escape(task.Node ?? "-"),
                Look.State(task.State),
                Look.Ago(now - task.Since),
                Markup.Escape(Look.Image(task.Image)),
                task.Error is null ? "" : $"[red]{Markup.Escape(task.Error)}[/]");
        }

        return table;
    }
}
