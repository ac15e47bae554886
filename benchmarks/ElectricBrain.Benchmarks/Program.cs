using BenchmarkDotNet.Running;
using ElectricBrain.Benchmarks.Peers;

switch (args)
{
    case ["pimoroni", .. var peer]:
        return await PeerRun.RunAsync(peer);
    case ["values"]:
        await OurValues.PrintAsync();
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
