using System.Diagnostics;

namespace ElectricBrain.Benchmarks.Peers;

/// <summary>Both sides in one run: the values of either on the same bytes, and the time of a sample, in rounds that alternate.</summary>
internal static class PeerRun
{
    private const string ValuesOnly = "--values";

    private const int WarmUpPasses = 8;
    private static readonly TimeSpan WarmUpPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Long enough for some rounds without disturbance.</summary>
    private static readonly TimeSpan TimeForRounds = TimeSpan.FromSeconds(4);

    /// <param name="arguments">Optionally <c>--values</c>, then the Python interpreter, its script and the script's arguments.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>1 when a difference is not explained, or an explained one is none.</returns>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken = default)
    {
        var valuesOnly = arguments.Contains(ValuesOnly);
        string[] command = [.. arguments.Where(argument => argument != ValuesOnly)];
        using var peer = new PythonPeer(command[0], command[1..]);
        var devices = await PeerDevices.CreateAsync();
        Console.WriteLine("| package | bytes | quantity | ours | theirs | why |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        var unexplained = 0;
        foreach (var device in devices)
        {
            foreach (var result in await device.CompareAsync(peer, cancellationToken))
            {
                Console.WriteLine(result);
                unexplained += result.IsExplained ? 0 : 1;
            }
        }

        if (!valuesOnly)
        {
            Console.WriteLine();
            Console.WriteLine("| package | one sample | ours, ns | theirs, ns | theirs / ours |");
            Console.WriteLine("| --- | --- | --- | --- | --- |");
            PeerDevice[] timed = [.. devices.Where(device => device.SamplesARound > 0)];
            for (var pass = 0; pass < WarmUpPasses; pass++)
            {
                _ = timed.Sum(TimeOurs);
                // The compiler optimises in the background, where there is work beside this.
                await Task.Delay(WarmUpPause, cancellationToken);
            }

            foreach (var device in timed)
            {
                await TimeAsync(device, peer, cancellationToken);
            }
        }

        foreach (var device in devices)
        {
            device.Dispose();
        }

        return unexplained == 0 ? 0 : 1;
    }

    private static async Task TimeAsync(PeerDevice device, PythonPeer peer, CancellationToken cancellationToken)
    {
        double ours = double.MaxValue, theirs = double.MaxValue;
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TimeForRounds;)
        {
            ours = Math.Min(ours, TimeOurs(device));
            using var reply = await peer.AskAsync(new { device = device.Package, @case = device.Cases[0].Input, samples = device.PeerSamplesARound }, cancellationToken);
            theirs = Math.Min(theirs, reply.RootElement.GetProperty("seconds").GetDouble() * 1e9);
        }

        Console.WriteLine($"| {device.Package} | {device.Work} | {ours:#,0} | {theirs:#,0} | {theirs / ours:#,0} |");
    }

    private static double TimeOurs(PeerDevice device)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < device.SamplesARound; i++)
        {
            device.Sample();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / device.SamplesARound;
    }
}
