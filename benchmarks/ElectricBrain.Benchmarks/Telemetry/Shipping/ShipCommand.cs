using System.CommandLine;

namespace ElectricBrain.Benchmarks.Telemetry.Shipping;

/// <summary>Writes numbered readings through the pipeline, and can be killed and started again at any time.</summary>
internal static class ShipCommand
{
    public static Command Create()
    {
        var directory = new Option<string>("--directory") { Description = "Where the outbox is.", Required = true };
        var server = ServerOption.Create("The Elasticsearch.", isRequired: true);
        var name = new Option<string>("--namespace") { Description = "The last part of the data stream's name.", Required = true };
        var records = new Option<long>("--records") { Description = "How many readings.", Required = true };
        var origin = new Option<long>("--origin") { Description = "The time of the first reading, in Unix milliseconds.", Required = true };
        var rate = new Option<int>("--rate") { Description = "Readings a second; 0 for as fast as it goes.", DefaultValueFactory = static _ => 0 };
        var command = new Command("ship", "Write numbered readings through the pipeline until all are delivered; started again it goes on.") { directory, server, name, records, origin, rate };
        command.SetAction((arguments, cancellationToken) => new NumberedProducer(
            arguments.GetRequiredValue(directory),
            arguments.GetValue(server)!,
            arguments.GetRequiredValue(name),
            DateTimeOffset.FromUnixTimeMilliseconds(arguments.GetValue(origin))).RunAsync(arguments.GetValue(records), arguments.GetValue(rate), cancellationToken));
        return command;
    }
}
