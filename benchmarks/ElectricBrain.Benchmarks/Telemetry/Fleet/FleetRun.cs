using ElectricBrain.Benchmarks.Telemetry.Ingest;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using Microsoft.Extensions.Logging.Abstractions;

namespace ElectricBrain.Benchmarks.Telemetry.Fleet;

/// <summary>Start, steady state, outage, recovery: what the server gets to see, and whether it has everything in the end.</summary>
internal sealed class FleetRun(LabServer server, int agentCount, TimeSpan interval)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task<int> RunAsync(TimeSpan steady, TimeSpan outage, CancellationToken cancellationToken)
    {
        var address = await server.UpAsync();
        var options = new ElasticsearchOptions { Endpoint = address, Namespace = "fleet" };
        using var transport = HttpElasticsearchTransport.Create(options, NullLogger.Instance);
        var rate = new RequestRate(transport);
        var agents = Enumerable.Range(0, agentCount).Select(number => new FleetAgent(number, options, rate)).ToArray();
        using var sampling = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var delivering = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var deliveries = agents.Select(agent => Task.Run(() => agent.DeliverAsync(delivering.Token), CancellationToken.None)).ToArray();
        var samplings = agents.Select(agent => Task.Run(() => agent.SampleAsync(interval, sampling.Token), CancellationToken.None)).ToArray();

        // Each agent has taken its first reading, and set up what it needs, after one interval.
        await Task.Delay(interval + TimeSpan.FromSeconds(10), cancellationToken);
        var from = rate.Second;
        await Task.Delay(steady, cancellationToken);
        var killed = rate.Second;
        Report(rate, "start and steady state", 0, killed);
        await server.KillAsync();
        var returns = new FleetReturns(agents, TimeProvider.System.GetUtcNow().AddSeconds(1));
        await Task.Delay(outage, cancellationToken);

        // It counts as back when it takes the first record. The agents go on sampling, so that it is the backlog on top of the steady state that has to go.
        var up = server.UpAsync();
        var back = await UntilAsync(returns.HaveBegun, rate, cancellationToken);
        var backlog = Pending(agents);
        var delivered = await UntilAsync(returns.AreComplete, rate, cancellationToken);
        await up;
        Report(rate, "outage", killed, back);
        await sampling.CancelAsync();
        await Task.WhenAll(samplings);
        await UntilAsync(() => Pending(agents) == 0, rate, cancellationToken);
        var end = rate.Second + 1;
        Report(rate, "recovery", back, end);
        await delivering.CancelAsync();
        await Task.WhenAll(deliveries);
        Console.WriteLine($"steady state: mean {rate.Mean(from, killed):N0}, busiest second {rate.Peak(from, killed):N0} requests");
        Console.WriteLine($"outage:       mean {rate.Mean(killed + 10, back):N0}, busiest second {rate.Peak(killed, back):N0} requests, {100.0 * rate.Peak(killed, back) / agentCount:F1} % of the agents");
        Console.WriteLine($"recovery:     mean {rate.Mean(back, delivered):N0}, busiest second {rate.Peak(back, end):N0} requests, {100.0 * rate.Peak(back, end) / agentCount:F1} % of the agents; {backlog:N0} records of the outage delivered after {delivered - back} s");
        Console.WriteLine($"returns:      {returns}");
        Console.WriteLine($"busiest second after the return: {rate.Peak(back, end) / rate.Mean(from, killed):F1} times the steady state; at once it would have been {agentCount / rate.Mean(from, killed):F0} times");
        return await VerifyAsync(address, options, agents, cancellationToken);
    }

    private static long Pending(FleetAgent[] agents) => agents.Sum(static agent => agent.Status.Pending);

    private static async Task<int> UntilAsync(Func<bool> condition, RequestRate rate, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!condition())
        {
            await Task.Delay(500, patience.Token);
        }

        return rate.Second;
    }

    private static void Report(RequestRate rate, string part, int from, int to)
    {
        const int Step = 5;
        Console.WriteLine($"{part}: seconds, requests a second (mean, busiest), answered, refused");
        for (var second = from; second < to; second += Step)
        {
            var span = Enumerable.Range(second, Math.Min(Step, to - second)).Select(rate.In).ToArray();
            Console.WriteLine($"  {second,4}-{second + span.Length,-4} {span.Average(static s => s.Began),7:N0} {span.Max(static s => s.Began),7:N0} {span.Sum(static s => s.Answered),7:N0} {span.Sum(static s => s.Refused),7:N0}");
        }
    }

    private static async Task<int> VerifyAsync(Uri address, ElasticsearchOptions options, FleetAgent[] agents, CancellationToken cancellationToken)
    {
        using var target = new IngestServer(address);
        var stored = await target.CountAsync(options.DataStream, cancellationToken);
        var written = agents.Sum(static agent => agent.Written);
        var statuses = agents.Select(static agent => agent.Status).ToArray();
        Console.WriteLine($"written {written:N0}, in Elasticsearch {stored:N0}: lost {Math.Max(0, written - stored):N0}, doubled {Math.Max(0, stored - written):N0}; sent again and recognised {statuses.Sum(static status => status.Duplicates):N0}, refused {statuses.Sum(static status => status.DeadLettered + status.Late):N0}");
        return stored == written ? 0 : 1;
    }
}
