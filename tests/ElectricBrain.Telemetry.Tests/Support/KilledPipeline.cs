using System.Globalization;
using System.Runtime.CompilerServices;
using ElectricBrain.Telemetry.Sinks.Ndjson;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Telemetry.Tests.Support;

/// <summary>
/// A process of its own that runs a pipeline into NDJSON files and says after each write how far it is, until it is killed. It is this
/// test program, started with a variable that turns it into the pipeline.
/// </summary>
internal static class KilledPipeline
{
    private const string Variable = "ELECTRICBRAIN_TEST_PIPELINE";
    private const int RecordsPerWrite = 20;

    /// <summary>Runs a pipeline from a first number on, kills it (-9) after some writes, and returns the last number it reported.</summary>
    public static int RunAndKill(string directory, int first, int writes) =>
        KilledProcess.RunAndKill(Variable, directory, [], first, writes);

    /// <summary>A pipeline into the files below a directory, with files and checkpoints small enough to be met by a kill.</summary>
    public static TelemetryPipeline Create(string directory) => new(
        new TelemetryOptions { OutboxDirectory = Path.Combine(directory, "outbox"), CheckpointInterval = TimeSpan.FromMilliseconds(20), SegmentBytes = 256 << 10 },
        [new NdjsonSink(new NdjsonOptions { Directory = Path.Combine(directory, "files"), MaxFileBytes = 64 << 10, CompressClosedFiles = true })]);

    // Without await: other threads that ran code of this program would wait for the end of its initialisation.
    [ModuleInitializer]
    internal static void BecomeThePipeline()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } directory)
        {
            return;
        }

        var pipeline = Create(directory);
        pipeline.StartAsync().GetAwaiter().GetResult();
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        for (var next = int.Parse(Environment.GetCommandLineArgs()[^1], CultureInfo.InvariantCulture); ; next += RecordsPerWrite)
        {
            pipeline.WriteAsync(Samples.Records(RecordsPerWrite, next)).AsTask().GetAwaiter().GetResult();
            output.WriteLine(next + RecordsPerWrite - 1);
        }
    }
}
