using System.Globalization;
using System.Runtime.CompilerServices;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Integration.Tests.Elasticsearch;

/// <summary>
/// An agent as a process of its own that ships the values N, N + 1, N + 2... to Elasticsearch and says after each write which one was acknowledged last, until it is
/// killed. It is this test program, started with a variable that turns it into the agent.
/// </summary>
internal static class KilledAgent
{
    private const string Variable = "ELECTRICBRAIN_TEST_AGENT";
    private const int RecordsPerWrite = 10;

    /// <summary>Runs the agent from a first value on, kills it (-9) after some writes, and returns the last value that was acknowledged.</summary>
    public static int RunAndKill(AgentOutbox agent, int first, int writes) =>
        KilledProcess.RunAndKill(
            Variable, "1", [agent.Root, agent.Elasticsearch.Endpoint!.OriginalString, agent.Elasticsearch.Namespace], first, writes);

    // Without await: other threads that ran code of this program would wait for the end of its initialisation.
    [ModuleInitializer]
    internal static void BecomeTheAgent()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            return;
        }

        var arguments = Environment.GetCommandLineArgs()[^4..];
        using var agent = new AgentOutbox(new Uri(arguments[1]), arguments[0]);
        agent.Options.CheckpointInterval = TimeSpan.FromMilliseconds(100);
        agent.Elasticsearch.Namespace = arguments[2];
        var pipeline = new TelemetryPipeline(agent.Options, [new ElasticsearchSink(agent.Elasticsearch)]);
        pipeline.StartAsync().GetAwaiter().GetResult();
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var series = AgentOutbox.Series("killed");
        for (var next = int.Parse(arguments[3], CultureInfo.InvariantCulture); ; next += RecordsPerWrite)
        {
            var now = TimeProvider.System.GetUtcNow();
            var records = Enumerable.Range(next, RecordsPerWrite).Select(value => new TelemetryRecord(series, now, value)).ToArray();
            pipeline.WriteAsync(records).AsTask().GetAwaiter().GetResult();
            output.WriteLine(next + RecordsPerWrite - 1);
        }
    }
}
