using ElectricBrain.Swarm.Deployment;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ElectricBrain.Samples.DeployTool.Output;

/// <summary>Shows a stack coming up: a live table on a terminal, a line for each change elsewhere.</summary>
internal static class ProgressView
{
    private const int BarWidth = 20;

    public static async Task<DeploymentProgress> ShowAsync(
        Terminal terminal, bool wantsJson, Func<IProgress<DeploymentProgress>, Task<DeploymentProgress>> wait)
    {
        if (!terminal.IsLive || wantsJson)
        {
            return await wait(new Lines(terminal, wantsJson));
        }

        return await terminal.Live.Live(new Text("")).StartAsync(async context =>
        {
            DeploymentProgress last = await wait(new Frames(context));
            context.UpdateTarget(TableOf(last));
            return last;
        });
    }

    private static Table TableOf(DeploymentProgress progress)
    {
        Table table = new Table { Border = TableBorder.None, ShowHeaders = false }.AddColumns("", "", "", "", "");
        foreach (ServiceProgress service in progress.Services)
        {
            (string mark, string colour) = service.State switch
            {
                ServiceState.Converged => ("✔", "green"),
                ServiceState.Failed => ("✘", "red"),
                ServiceState.Settling => ("●", "green"),
                _ => ("●", "yellow"),
            };
            int filled = service.Wanted == 0 ? BarWidth : Math.Min(BarWidth, BarWidth * service.Running / service.Wanted);
            table.AddRow(
                new Markup($"[{colour}]{mark}[/]"),
                new Markup($"[bold]{Markup.Escape(service.Service)}[/]"),
                new Markup($"[{colour}]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/]"),
                new Markup($"{service.Running}/{service.Wanted}"),
                new Markup(service.Problem is null ? $"[grey]{Word(service.State)}[/]" : $"[red]{Markup.Escape(service.Problem)}[/]"));
        }

        return table;
    }

    private static string Word(ServiceState state) => state switch
    {
        ServiceState.Waiting => "starting",
        ServiceState.Settling => "running, watching whether it stays",
        ServiceState.Converged => "stable",
        _ => "failed",
    };

    private sealed class Frames(LiveDisplayContext context) : IProgress<DeploymentProgress>
    {
        public void Report(DeploymentProgress value) => context.UpdateTarget(TableOf(value));
    }

    private sealed class Lines(Terminal terminal, bool wantsJson) : IProgress<DeploymentProgress>
    {
        private readonly Dictionary<string, ServiceProgress> _shown = [];

        public void Report(DeploymentProgress value)
        {
            foreach (ServiceProgress service in value.Services.Where(service => _shown.GetValueOrDefault(service.Service) != service))
            {
                _shown[service.Service] = service;
                string line = $"{service.Service} {service.Running}/{service.Wanted} {service.Problem ?? Word(service.State)}";
                if (wantsJson)
                {
                    terminal.Note(line);
                }
                else
                {
                    terminal.Line(Markup.Escape(line));
                }
            }
        }
    }
}
