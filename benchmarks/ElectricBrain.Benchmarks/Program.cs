using System.CommandLine;
using BenchmarkDotNet.Running;
using ElectricBrain.Benchmarks.Peers;
using ElectricBrain.Benchmarks.Telemetry.Amplification;
using ElectricBrain.Benchmarks.Telemetry.Backlog;
using ElectricBrain.Benchmarks.Telemetry.Fleet;
using ElectricBrain.Benchmarks.Telemetry.Ingest;
using ElectricBrain.Benchmarks.Telemetry.Shipping;

switch (args)
{
    case ["pimoroni", .. var peer]:
        return await PeerRun.RunAsync(peer);
    case ["values"]:
        await OurValues.PrintAsync();
        return 0;
}

// Runs that take minutes, use a server or other processes, and measure something else than the time of one call.
var longRuns = new RootCommand("Long runs; every other argument goes to BenchmarkDotNet.")
{
    IngestCommand.Create(),
    BacklogCommand.Create(),
    FleetCommand.Create(),
    ShipCommand.Create(),
    AmplificationCommand.Create(),
};

if (args is [var name, ..] && longRuns.Subcommands.Any(command => command.Name == name))
{
    return await longRuns.Parse(args).InvokeAsync();
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
