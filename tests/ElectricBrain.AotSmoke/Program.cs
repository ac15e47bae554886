using ElectricBrain.AotSmoke;
using ElectricBrain.AotSmoke.Examples;

// Runs the README's examples, and a check of what only optimized code shows, compiled ahead of time: ElectricBrain.AotSmoke DIRECTORY.
// The directory takes what they store; the third example deploys its stack.yml through DOCKER_HOST, and is left out where there is none.
Directory.SetCurrentDirectory(args[0]);
await SensorsExample.RunAsync();
await SteadyReading.RunAsync();
await TelemetryExample.RunAsync(args[0]);
if (File.Exists("stack.yml"))
{
    await SwarmExample.RunAsync();
}

Console.WriteLine("The smoke has cleared.");
