using ElectricBrain.Samples.Visualizer;

var commandLine = new CommandLine();
var parsed = commandLine.Root.Parse(args);
if (parsed is { Action: not null, Errors.Count: 0 })
{
    // Help or version.
    return await parsed.InvokeAsync();
}

try
{
    await using var app = VisualizerApp.Build(commandLine.Read(parsed));
    await app.StartAsync();
    await app.WaitForShutdownAsync();
    return 0;
}
catch (StartupException problem)
{
    await Console.Error.WriteLineAsync("visualizer: " + problem.Message);
    return problem.ExitCode;
}
