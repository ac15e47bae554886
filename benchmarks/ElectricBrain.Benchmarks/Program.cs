using System.Globalization;
using BenchmarkDotNet.Running;
using ElectricBrain.Benchmarks.Peers;

switch (args)
{
    case ["pimoroni", "--instructions", .. var python]:
        await InstructionCounts.PrintAsync(python, CancellationToken.None);
        return 0;
    case ["pimoroni", .. var peer]:
        return await PeerRun.RunAsync(peer);
    case ["samples", var package, var count]:
        await InstructionCounts.SampleAsync(package, int.Parse(count, CultureInfo.InvariantCulture));
        return 0;
    case ["values"]:
        await OurValues.PrintAsync();
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
