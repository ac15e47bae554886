using System.Text;
using System.Text.RegularExpressions;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Ndjson;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Sinks.Ndjson;

/// <summary>The sink on a disk that fails now and then and loses power at any call: each record is in the files once, in order.</summary>
public sealed partial class NdjsonCrashTests
{
    private const int Total = 2500;

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.03, false)]
    [InlineData(0.03, true)]
    public async Task Files_PowerLostAtAnyCallAndWritesThatFail_HoldEachRecordOnceInOrder(double errorRate, bool compress)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var disk = new UnreliableDisk(random) { ErrorRate = errorRate };
            var cursor = 0;
            while (cursor < Total)
            {
                disk.LosePowerAfter(random.Next(1, 300));
                cursor = await RunAsync(disk, cursor, compress, random);
                disk.Restart();
            }

            disk.ErrorRate = 0;
            Assert.Equal(Enumerable.Range(0, Total), Values(disk));
        }
    }

    /// <summary>Delivers as a pump does until the power fails, and returns the position that it had saved.</summary>
    private static async Task<int> RunAsync(UnreliableDisk disk, int cursor, bool compress, Random random)
    {
        var options = new NdjsonOptions { Directory = "/unreliable", MaxFileBytes = 64 << 10, CompressClosedFiles = compress };
        using var sink = new NdjsonSink(options, disk);
        var position = cursor;
        try
        {
            while (position < Total)
            {
                var count = Math.Min(random.Next(1, 300), Total - position);
                var batch = Batches.Of(Samples.Records(count, position), position + 1);
                SinkOutcome outcome;
                do
                {
                    outcome = await sink.WriteAsync(batch, TestContext.Current.CancellationToken);
                }
                while (outcome.Kind != SinkOutcomeKind.Completed);
                position += count;
                if (random.Next(2) == 0 || position == Total)
                {
                    cursor = await TryFlushAsync(sink) ? position : cursor;
                }
            }
        }
        catch (PowerLossException)
        {
        }

        return cursor;
    }

    private static async Task<bool> TryFlushAsync(NdjsonSink sink)
    {
        try
        {
            await sink.FlushAsync(TestContext.Current.CancellationToken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static int[] Values(UnreliableDisk disk)
    {
        using var directory = new TempDirectory();
        foreach (var file in disk.List().Where(static name => NdjsonFile.TryParse(name, out _)))
        {
            File.WriteAllBytes(directory.File(file), disk.Contents(file));
        }

        // As an operator would after a crash: an archive beside its plain file is the same lines.
        foreach (var archive in Directory.GetFiles(directory.Path, "*.gz"))
        {
            File.Delete(archive[..^3]);
        }

        return NdjsonDirectoryReader.Lines(directory.Path)
            .Select(static line => int.Parse(Value().Match(line).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))
            .ToArray();
    }

    [GeneratedRegex("\"value\":(\\d+)}$")]
    private static partial Regex Value();
}
