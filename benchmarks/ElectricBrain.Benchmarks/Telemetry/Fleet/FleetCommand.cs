using System.CommandLine;

namespace ElectricBrain.Benchmarks.Telemetry.Fleet;

/// <summary>Many agents, one server, and an outage of it.</summary>
internal static class FleetCommand
{
    public static Command Create()
    {
        var lab = new Option<string>("--lab") { Description = "The script that starts and kills the server.", DefaultValueFactory = static _ => "eng/lab/elasticsearch" };
        var agents = new Option<int>("--agents") { Description = "How many agents.", DefaultValueFactory = static _ => 10_000 };
        var interval = new Option<int>("--interval") { Description = "Seconds from one reading of an agent to its next.", DefaultValueFactory = static _ => 60 };
        var steady = new Option<int>("--steady") { Description = "Seconds that are measured before the outage.", DefaultValueFactory = static _ => 60 };
        var outage = new Option<int>("--outage") { Description = "Seconds until the server is started again.", DefaultValueFactory = static _ => 90 };
        var command = new Command("fleet", "Run many agents against one server through an outage of it.") { lab, agents, interval, steady, outage };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var server = new LabServer(arguments.GetRequiredValue(lab));
            return await new FleetRun(server, arguments.GetValue(agents), TimeSpan.FromSeconds(arguments.GetValue(interval)))
                .RunAsync(TimeSpan.FromSeconds(arguments.GetValue(steady)), TimeSpan.FromSeconds(arguments.GetValue(outage)), cancellationToken);
        });
        return command;
    }
}
