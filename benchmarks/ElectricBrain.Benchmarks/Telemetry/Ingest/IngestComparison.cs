using System.Globalization;

namespace ElectricBrain.Benchmarks.Telemetry.Ingest;

/// <summary>Runs the sides in turn, so that whatever else the machine does meets each of them, and prints the ratios.</summary>
internal sealed class IngestComparison(Uri server, IReadOnlyList<IIngestSide> sides)
{
    /// <param name="rounds">Counted rounds of each side; one more goes before as a warm-up.</param>
    /// <param name="records">Records in a round.</param>
    /// <param name="batchRecords">Records in a request.</param>
    /// <param name="concurrency">Requests under way.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RunAsync(int rounds, int records, int batchRecords, int concurrency, CancellationToken cancellationToken)
    {
        records -= records % batchRecords;
        using var target = new IngestServer(server);
        var rates = sides.Select(static _ => new List<double>()).ToArray();
        var costs = sides.Select(static _ => new List<double>()).ToArray();
        await WriteTemplateAsync(target, cancellationToken);
        Console.WriteLine($"{records:N0} records a round, {batchRecords:N0} a request, {concurrency} requests under way; records a second, first line is the warm-up");
        for (var number = 0; number <= rounds; number++)
        {
            // The order turns with each round: none of the sides always comes after the same other.
            for (var place = 0; place < sides.Count; place++)
            {
                var index = (number + place) % sides.Count;
                var (rate, cost) = await RunSideAsync(target, sides[index], $"bench{number}.{index}", records, batchRecords, concurrency, cancellationToken);
                Console.Write($"  {sides[index].Name} {rate,8:N0}");
                if (number > 0)
                {
                    rates[index].Add(rate);
                    costs[index].Add(cost);
                }
            }

            Console.WriteLine();
        }

        Report(rates, costs);
    }

    /// <summary>Lets the pipeline set up the server, which is no part of the comparison.</summary>
    private async Task WriteTemplateAsync(IngestServer target, CancellationToken cancellationToken)
    {
        using var directory = new ScratchDirectory("ingest");
        var round = Round("setup", 1_000, 1_000, 1, directory.Path);
        await new PipelineSide().RunAsync(round, cancellationToken);
        await target.DeleteAsync(round.DataStream, cancellationToken);
    }

    private IngestRound Round(string name, int records, int batchRecords, int concurrency, string directory) =>
        new(server, name, new Workload("bench", TimeProvider.System.GetUtcNow().AddHours(-2)), records, batchRecords, concurrency, directory);

    private async Task<(double Rate, double CpuMicroseconds)> RunSideAsync(
        IngestServer target, IIngestSide side, string name, int records, int batchRecords, int concurrency, CancellationToken cancellationToken)
    {
        using var directory = new ScratchDirectory("ingest");
        var round = Round(name, records, batchRecords, concurrency, directory.Path);
        try
        {
            await target.CreateAsync(round.DataStream, cancellationToken);
            var before = Environment.CpuUsage.TotalTime;
            var elapsed = await side.RunAsync(round, cancellationToken);
            var used = Environment.CpuUsage.TotalTime - before;
            var stored = await target.CountAsync(round.DataStream, cancellationToken);
            return stored == records
                ? (records / elapsed.TotalSeconds, used.TotalMicroseconds / records)
                : throw new InvalidOperationException($"{side.Name}: the server has {stored} of {records} records.");
        }
        finally
        {
            await target.DeleteAsync(round.DataStream, CancellationToken.None);
        }
    }

    private void Report(List<double>[] rates, List<double>[] costs)
    {
        Console.WriteLine();
        for (var i = 0; i < sides.Count; i++)
        {
            var ratio = i == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"  {sides[0].Name} is {Median(rates[0]) / Median(rates[i]):F2} times it by the median, {rates[0].Max() / rates[i].Max():F2} by the fastest round");
            Console.WriteLine($"{sides[i].Name,-24} median {Median(rates[i]),8:N0}  fastest {rates[i].Max(),8:N0} records/s, {Median(costs[i]),5:F1} µs of this process a record{ratio}");
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
