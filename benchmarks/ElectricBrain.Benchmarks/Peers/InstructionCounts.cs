using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ElectricBrain.Benchmarks.Peers;

/// <summary>
/// Instructions of a sample of either side, which other work on the machine does not change: Valgrind counts those of a run with
/// few samples and of one with more, and the difference is theirs alone.
/// </summary>
internal static partial class InstructionCounts
{
    /// <summary>Enough to have compiled what a sample runs.</summary>
    private const int Few = 100;

    /// <summary>Two runs of the same differ by some million instructions, of the runtime's threads; these rounds have far more.</summary>
    private const int Rounds = 20;
    private const int PeerRounds = 4;

    /// <param name="python">The Python interpreter, its script and the script's arguments.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task PrintAsync(IReadOnlyList<string> python, CancellationToken cancellationToken)
    {
        Console.WriteLine("| package | one sample | ours, instructions | theirs, instructions | theirs / ours |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var device in (await PeerDevices.CreateAsync()).Where(device => device.SamplesARound > 0))
        {
            var (samples, peerSamples) = (Rounds * device.SamplesARound, PeerRounds * device.PeerSamplesARound);
            var ours = (await CountOursAsync(device, Few + samples, cancellationToken) - await CountOursAsync(device, Few, cancellationToken)) / samples;
            var theirs = (await CountTheirsAsync(device, python, Few + peerSamples, cancellationToken) - await CountTheirsAsync(device, python, Few, cancellationToken)) / peerSamples;
            Console.WriteLine($"| {device.Package} | {device.Work} | {ours:#,0} | {theirs:#,0} | {(double)theirs / ours:#,0} |");
            device.Dispose();
        }
    }

    /// <summary>What Valgrind runs of ours: some samples of one device.</summary>
    public static async Task SampleAsync(string package, int samples)
    {
        using var device = await PeerDevices.CreateAsync(package);
        for (var i = 0; i < samples; i++)
        {
            device.Sample();
        }
    }

    private static Task<long> CountOursAsync(PeerDevice device, int samples, CancellationToken cancellationToken) => CountAsync(
        [Environment.ProcessPath!, "samples", device.Package, samples.ToString(CultureInfo.InvariantCulture)],
        input: "",
        cancellationToken);

    private static Task<long> CountTheirsAsync(PeerDevice device, IReadOnlyList<string> python, int samples, CancellationToken cancellationToken) => CountAsync(
        python,
        JsonSerializer.Serialize(new { device = device.Package, @case = device.Cases[0].Input, samples }),
        cancellationToken);

    /// <exception cref="InvalidOperationException">The program failed.</exception>
    private static async Task<long> CountAsync(IReadOnlyList<string> command, string input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("valgrind", ["--tool=callgrind", "--callgrind-out-file=/dev/null", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Valgrind has room for neither the heap's reservation nor two mappings of code; every method is compiled once and for good.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x10000000";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_TieredCompilation"] = "0";
        start.Environment["PYTHONHASHSEED"] = "0";
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(input.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var report = await process.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 && References().Match(report) is { Success: true } match
            ? long.Parse(match.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{string.Join(' ', command)} failed under Valgrind: {report}");
    }

    [GeneratedRegex(@"I\s+refs:\s+([\d,]+)")]
    private static partial Regex References();
}
