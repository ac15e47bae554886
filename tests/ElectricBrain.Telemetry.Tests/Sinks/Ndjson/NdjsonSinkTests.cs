using System.Text;
using System.Text.Json;
using ElectricBrain.Telemetry.Outbox.Files;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Ndjson;
using ElectricBrain.Telemetry.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ElectricBrain.Telemetry.Tests.Sinks.Ndjson;

public sealed class NdjsonSinkTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task WriteAsync_Records_AreLinesThatEveryJsonReaderTakes()
    {
        using var sink = Sink();
        var fates = await sink.StoreAsync(Samples.Records(3));

        Assert.All(fates, static fate => Assert.Equal(RecordFate.Stored, fate.Fate));
        Assert.Equal(["readings-00000001.ndjson"], NdjsonDirectoryReader.Files(_directory.Path));
        var documents = Lines().Select(static line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([0, 1, 2], documents.Select(static document => document.GetProperty("value").GetInt32()));
        Assert.Equal("2026-11-24T06:57:00.123Z", documents[0].GetProperty("@timestamp").GetString());
        Assert.Equal("bme280.temperature", documents[0].GetProperty("sensor").GetProperty("id").GetString());
    }

    [Fact]
    public async Task WriteAsync_FileIsFull_GoesOnInTheNextOne()
    {
        using var sink = Sink(options => options.MaxFileBytes = 64 << 10);
        await sink.StoreAsync(Samples.Records(1200));

        var files = NdjsonDirectoryReader.Files(_directory.Path);
        Assert.Equal(4, files.Length);
        Assert.All(files, file => Assert.InRange(new FileInfo(_directory.File(file)).Length, 1, 64 << 10));
        Assert.Equal(Enumerable.Range(0, 1200), Values());
    }

    [Fact]
    public async Task WriteAsync_ReadingsSpanMoreThanTheAge_BeginsAFilePerSpan()
    {
        using (var sink = Sink(static options => options.MaxFileAge = TimeSpan.FromMinutes(1)))
        {
            await sink.StoreAsync(Samples.Records(30));
        }

        // The age is that of the first reading in the file, whoever wrote it.
        using (var sink = Sink(static options => options.MaxFileAge = TimeSpan.FromMinutes(1)))
        {
            await StoreFromAsync(sink, 31, Samples.Records(90, 30));
        }

        Assert.Equal([60, 60], NdjsonDirectoryReader.Files(_directory.Path).Select(file => File.ReadAllLines(_directory.File(file)).Length));
    }

    [Fact]
    public async Task WriteAsync_MoreFilesThanKept_DeletesTheOldest()
    {
        using var sink = Sink(static options => (options.MaxFileBytes, options.MaxFiles) = (64 << 10, 3));
        await sink.StoreAsync(Samples.Records(3000));

        var files = NdjsonDirectoryReader.Files(_directory.Path);
        Assert.Equal(3, files.Length);
        Assert.Equal(2999, Values()[^1]);
        Assert.NotEqual("readings-00000001.ndjson", files[0]);
    }

    [Fact]
    public async Task WriteAsync_MoreBytesThanKept_DeletesTheOldest()
    {
        using var sink = Sink(static options => (options.MaxFileBytes, options.MaxTotalBytes) = (64 << 10, 160 << 10));
        await sink.StoreAsync(Samples.Records(3000));

        Assert.InRange(NdjsonDirectoryReader.Files(_directory.Path).Sum(file => new FileInfo(_directory.File(file)).Length), 64 << 10, 160 << 10);
        Assert.Equal(2999, Values()[^1]);
    }

    [Fact]
    public async Task WriteAsync_CompressionAsked_LeavesTheNewestClosedFileToItsReaders()
    {
        using var sink = Sink(static options => (options.MaxFileBytes, options.CompressClosedFiles) = (64 << 10, true));
        await sink.StoreAsync(Samples.Records(1200));

        Assert.Equal(
            ["readings-00000001.ndjson.gz", "readings-00000002.ndjson.gz", "readings-00000003.ndjson", "readings-00000004.ndjson"],
            NdjsonDirectoryReader.Files(_directory.Path));
        Assert.Equal(Enumerable.Range(0, 1200), Values());
    }

    [Fact]
    public async Task WriteAsync_BatchWhosePositionWasNotSaved_IsNotWrittenAgain()
    {
        using (var sink = Sink())
        {
            await sink.StoreAsync(Samples.Records(10));
            await sink.WriteAsync(Offered(11, Samples.Records(10, 10)), TestContext.Current.CancellationToken);
        }

        using var restarted = Sink();
        var fates = await StoreFromAsync(restarted, 6, Samples.Records(20, 5));

        Assert.Equal(15, fates.Count(static fate => fate == RecordFate.Duplicate));
        Assert.Equal(Enumerable.Range(0, 25), Values());
    }

    [Fact]
    public async Task WriteAsync_LineTornByACrash_IsCutOffAndWrittenWhole()
    {
        using (var sink = Sink())
        {
            await sink.StoreAsync(Samples.Records(10));
        }

        var path = _directory.File("readings-00000001.ndjson");
        await File.AppendAllTextAsync(path, Lines()[0][..50], TestContext.Current.CancellationToken);
        using var restarted = Sink();
        await StoreFromAsync(restarted, 11, Samples.Records(1, 10));

        Assert.Equal(Enumerable.Range(0, 11), Values());
    }

    [Theory]
    [InlineData("short")]
    [InlineData("position")]
    public async Task WriteAsync_DiskLostWhatWasDurable_IsMendedByAReplay(string loss)
    {
        using (var sink = Sink(static options => options.MaxFileBytes = 64 << 10))
        {
            await sink.StoreAsync(Samples.Records(600));
        }

        if (loss == "short")
        {
            using var file = File.OpenWrite(_directory.File("readings-00000002.ndjson"));
            file.SetLength(1000);
        }
        else
        {
            await File.WriteAllBytesAsync(_directory.File(".position"), new byte[5000], TestContext.Current.CancellationToken);
        }

        using var restarted = Sink(static options => options.MaxFileBytes = 64 << 10);
        await StoreFromAsync(restarted, 1, Samples.Records(600));

        Assert.Equal(Enumerable.Range(0, 600), Values());
    }

    [Fact]
    public async Task WriteAsync_NewOutboxCountsFromOneAgain_LosesNothing()
    {
        using (var sink = Sink())
        {
            await sink.StoreAsync(Samples.Records(100));
        }

        using var other = Sink();
        var fates = await StoreFromAsync(other, 1, Samples.Records(50, 1000));

        Assert.All(fates, static fate => Assert.Equal(RecordFate.Stored, fate));
        Assert.Equal([.. Enumerable.Range(0, 100), .. Enumerable.Range(1000, 50)], Values());
    }

    [Fact]
    public async Task WriteAsync_CrashWhileCompressing_LeavesEachLineOnce()
    {
        using (var sink = Sink(static options => options.MaxFileBytes = 64 << 10))
        {
            await sink.StoreAsync(Samples.Records(1200));
        }

        // The finished archive beside the plain file, and a half-made one.
        using (var sink = Sink(static options => (options.MaxFileBytes, options.CompressClosedFiles) = (64 << 10, true)))
        {
            var plain = await File.ReadAllBytesAsync(_directory.File("readings-00000001.ndjson"), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(_directory.File("readings-00000002.ndjson.gz.tmp"), "half", TestContext.Current.CancellationToken);
            await StoreFromAsync(sink, 1201, Samples.Records(400, 1200));
            await File.WriteAllBytesAsync(_directory.File("readings-00000001.ndjson"), plain, TestContext.Current.CancellationToken);
        }

        using var restarted = Sink();
        await StoreFromAsync(restarted, 1601, Samples.Records(1, 1600));

        Assert.Equal(Enumerable.Range(0, 1601), Values());
        Assert.Empty(Directory.GetFiles(_directory.Path, "*.tmp"));
    }

    [Fact]
    public async Task WriteAsync_AnotherProcessWrites_SaysWhichAndWaits()
    {
        using var first = Sink();
        await first.StoreAsync(Samples.Records(1));
        using var second = Sink();
        var outcome = await second.WriteAsync(Batches.Of(Samples.Records(1)), TestContext.Current.CancellationToken);

        Assert.Equal(SinkOutcomeKind.Denied, outcome.Kind);
        Assert.Contains($"process {Environment.ProcessId}", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_NotUsable_AreNamed()
    {
        Assert.StartsWith("NdjsonOptions.Directory", Problem(static options => options.Directory = " "), StringComparison.Ordinal);
        Assert.StartsWith("NdjsonOptions.MaxFileBytes", Problem(static options => options.MaxFileBytes = 1000), StringComparison.Ordinal);
        Assert.StartsWith("NdjsonOptions.MaxFileAge", Problem(static options => options.MaxFileAge = TimeSpan.Zero), StringComparison.Ordinal);
        Assert.StartsWith("NdjsonOptions.MaxFiles", Problem(static options => options.MaxFiles = 1), StringComparison.Ordinal);
        Assert.StartsWith("NdjsonOptions.MaxTotalBytes", Problem(static options => options.MaxTotalBytes = 64 << 20), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddNdjson_RunningPipeline_WritesWhatTheOutboxGot()
    {
        using var outbox = new TempDirectory();
        var services = new ServiceCollection();
        services.AddTelemetry(options => options.OutboxDirectory = outbox.Path).AddNdjson(options => options.Directory = _directory.Path);
        await using (var provider = services.BuildServiceProvider())
        {
            var pipeline = provider.GetRequiredService<TelemetryPipeline>();
            await pipeline.StartAsync(TestContext.Current.CancellationToken);
            await pipeline.WriteAsync(Samples.Records(100), TestContext.Current.CancellationToken);
            await pipeline.StopAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(Enumerable.Range(0, 100), Values());
    }

    private NdjsonSink Sink(Action<NdjsonOptions>? configure = null)
    {
        var options = new NdjsonOptions { Directory = _directory.Path };
        configure?.Invoke(options);
        return new NdjsonSink(options, new DiskFileSystem(options.Directory));
    }

    private string Problem(Action<NdjsonOptions> configure)
    {
        var options = new NdjsonOptions { Directory = _directory.Path };
        configure(options);
        return Assert.Throws<ArgumentException>(() => new NdjsonSink(options)).Message;
    }

    private static TelemetryBatch Offered(long firstSequence, TelemetryRecord[] records) => Batches.Of(records, firstSequence);

    private static async Task<RecordFate[]> StoreFromAsync(NdjsonSink sink, long firstSequence, TelemetryRecord[] records)
    {
        var batch = Offered(firstSequence, records);
        var outcome = await sink.WriteAsync(batch, TestContext.Current.CancellationToken);
        Assert.True(outcome.Kind == SinkOutcomeKind.Completed, outcome.Error);
        await sink.FlushAsync(TestContext.Current.CancellationToken);
        return batch.Fates().Select(static fate => fate.Fate).ToArray();
    }

    private string[] Lines() => NdjsonDirectoryReader.Lines(_directory.Path);

    private int[] Values() => Lines().Select(static line => JsonDocument.Parse(Encoding.UTF8.GetBytes(line)).RootElement.GetProperty("value").GetInt32()).ToArray();
}
