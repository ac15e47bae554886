using System.CommandLine;

namespace ElectricBrain.Benchmarks.Telemetry.Amplification;

/// <summary>Bytes that reach the disk for each byte of record.</summary>
internal static class AmplificationCommand
{
    public static Command Create()
    {
        var commits = new Option<int>("--commits") { Description = "Commits of each side.", DefaultValueFactory = static _ => 3_000 };
        var seconds = new Option<int>("--seconds") { Description = "How long one record a second is written.", DefaultValueFactory = static _ => 60 };
        var command = new Command("amplification", "Count what reaches the disk under the working directory, which nothing else should write to.") { commits, seconds };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetValue(commits), arguments.GetValue(seconds), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int commits, int seconds, CancellationToken cancellationToken)
    {
        var device = BlockDevice.Of(Environment.CurrentDirectory);
        using var sides = new DurableAppendBenchmarks();
        sides.Setup();
        Console.WriteLine($"{commits:N0} commits of {sides.CommitBytes:N0} bytes of records");
        Report("raw fdatasync", sides.RawFdatasync);
        Report("outbox, delivered", sides.Outbox);
        Report("outbox, backlog", sides.OutboxWithoutDelivery);
        Report("SQLite WAL FULL", sides.SqliteWalFull);
        await TrickleAsync("outbox, one record a second", sides.OutboxOneRecord);
        await TrickleAsync("SQLite, one record a second", sides.SqliteOneRecord);

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
            Console.WriteLine($"{name,-18} {written / 1024.0 / commits,8:F1} KiB a commit, {written / (double)commits / sides.CommitBytes:F2} bytes for each byte of record");
        }

        // In real time, as the file system writes what it keeps of a file every few seconds.
        async Task TrickleAsync(string name, Action commit)
        {
            var before = device.BytesWritten();
            for (var i = 0; i < seconds; i++)
            {
                commit();
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            }

            Console.WriteLine($"{name}: {(device.BytesWritten() - before) / 1024.0 / Math.Max(1, seconds):F1} KiB a record");
        }
    }
}
