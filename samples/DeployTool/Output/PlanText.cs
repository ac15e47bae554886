using ElectricBrain.Swarm.Deployment;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ElectricBrain.Samples.DeployTool.Output;

/// <summary>A plan as lines: one for each object, and one for each field that changes.</summary>
internal static class PlanText
{
    public static IRenderable Of(StackPlan plan)
    {
        List<IRenderable> lines = [];
        foreach (PlannedChange change in plan.Changes)
        {
            string restart = change.RestartsTasks ? " [yellow](restarts tasks)[/]" : "";
            lines.Add(new Markup($"{Look.Action(change.Action)} {Documents.Text(change.Kind)} [bold]{Markup.Escape(change.Name)}[/]{restart}"));
            lines.AddRange(change.Fields.Select(item => new Markup(
                $"    {Markup.Escape(item.Field)}: [red]{Markup.Escape(item.Before ?? "(none)")}[/] -> [green]{Markup.Escape(item.After ?? "(none)")}[/]")));
        }

        lines.Add(new Markup(plan.HasChanges
            ? string.Join(", ", plan.Changes.GroupBy(change => change.Action).OrderBy(group => group.Key).Select(group => $"{group.Count()} {Word(group.Key)}"))
            : $"nothing to do: {plan.Changes.Count} objects are as wanted"));
        return new Rows(lines);
    }

    private static string Word(PlannedAction action) => action switch
    {
        PlannedAction.Create => "to create",
        PlannedAction.Update => "to update",
        PlannedAction.Remove => "to remove",
        _ => "unchanged",
    };
}
