using System.CommandLine;

namespace ElectricBrain.Benchmarks.Telemetry.Ingest;

/// <summary>Ingest end to end into a real Elasticsearch.</summary>
internal static class IngestCommand
{
    public static Command Create(params IIngestSide[] peers)
    {
        var server = ServerOption.Create("The Elasticsearch to fill. Each round makes a data stream of its own and deletes it.", isRequired: true);
        var rounds = new Option<int>("--rounds") { Description = "Rounds of each side.", DefaultValueFactory = static _ => 7 };
        var records = new Option<int>("--records") { Description = "Records in a round.", DefaultValueFactory = static _ => 100_000 };
        var batch = new Option<int>("--batch") { Description = "Records in a request.", DefaultValueFactory = static _ => 2_000 };
        var concurrency = new Option<int>("--concurrency") { Description = "The most requests under way.", DefaultValueFactory = static _ => 2 };
        var command = new Command("ingest", "Ingest into Elasticsearch, each record on disk first, beside bodies that were prebuilt.") { server, rounds, records, batch, concurrency };
        command.SetAction((arguments, cancellationToken) =>
            new IngestComparison(arguments.GetValue(server)!, [new PipelineSide(), new PrebuiltSide(), .. peers]).RunAsync(
                arguments.GetValue(rounds), arguments.GetValue(records), arguments.GetValue(batch), arguments.GetValue(concurrency), cancellationToken));
        return command;
    }
}
