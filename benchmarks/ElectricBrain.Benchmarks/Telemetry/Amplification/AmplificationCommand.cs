using System.CommandLine;

namespace ElectricBrain.Benchmarks.Telemetry.Amplification;

/// <summary>Bytes that reach the disk for each byte of record.</summary>
internal static class AmplificationCommand
{
    public static Command Create()
    {
        var commits = new Option<int>("--commits") { Description = "Commits of each side.", DefaultValueFactory = static _ => 3_000 };
        var command = new Command("amplification", "Count what reaches the disk under the working directory, which nothing else should write to.") { commits };
        command.SetAction(arguments => Run(arguments.GetValue(commits)));
        return command;
    }

    private static void Run(int commits)
    {
        var device = BlockDevice.Of(Environment.CurrentDirectory);
        using var sides = new DurableAppendBenchmarks();
        sides.Setup();
        Console.WriteLine($"{commits:N0} commits of {DurableAppendBenchmarks.CommitBytes:N0} bytes of records");
        Report("raw fdatasync", sides.RawFdatasync);
        Report("outbox, delivered", sides.Outbox);
        Report("outbox, backlog", sides.OutboxWithoutDelivery);
        Report("SQLite WAL FULL", sides.SqliteWalFull);

        void Report(string name, Action commit)
        {
            // What makes files, or finds some to use again, is over.
            for (var i = 0; i < commits / 4; i++)
            {
                commit();
            }

            var before = device.BytesWritten();
            for (var i = 0; i < commits; i++)
            {
                commit();
            }

            var written = device.BytesWritten() - before;
            Console.WriteLine($"{name,-18} {written / 1024.0 / commits,8:F1} KiB a commit, {written / (double)commits / DurableAppendBenchmarks.CommitBytes:F2} bytes for each byte of record");
        }
    }
}
