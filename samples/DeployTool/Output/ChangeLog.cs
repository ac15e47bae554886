using ElectricBrain.Swarm.Deployment;
using Spectre.Console;

namespace ElectricBrain.Samples.DeployTool.Output;

/// <summary>Writes each change once it is done; to standard error where standard output is for a program.</summary>
internal sealed class ChangeLog(Terminal terminal, bool wantsJson) : IProgress<PlannedChange>
{
    public int Count { get; private set; }

    public void Report(PlannedChange value)
    {
        Count++;
        if (wantsJson)
        {
            terminal.Note(Past(value));
        }
        else
        {
            terminal.Line($"{Look.Action(value.Action)} {Markup.Escape(Past(value))}");
        }
    }

    public void Summarise(StackPlan plan)
    {
        int unchanged = plan.Changes.Count(change => change.Action == PlannedAction.Unchanged);
        if (unchanged > 0 && !wantsJson)
        {
            terminal.Line($"[grey]= {unchanged} unchanged[/]");
        }
    }

    private static string Past(PlannedChange change) => $"{change.Action switch
    {
        PlannedAction.Create => "created",
        PlannedAction.Update => "updated",
        PlannedAction.Remove => "removed",
        _ => "kept",
    }} {Documents.Text(change.Kind)} {change.Name}";
}
