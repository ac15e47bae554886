using BenchmarkDotNet.Running;
using ElectricBrain.Benchmarks.Peers;

if (args is ["pimoroni", .. var peer])
{
    return await PeerRun.RunAsync(peer);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
