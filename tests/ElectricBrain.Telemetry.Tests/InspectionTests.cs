using System.Text;
using System.Text.Json;
using ElectricBrain.Telemetry.Inspection;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests;

public sealed class InspectionTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly TelemetryOptions _options;

    public InspectionTests() => _options = new TelemetryOptions
    {
        OutboxDirectory = _directory.Path,
        SegmentBytes = 128 << 10,
        MaxOutboxBytes = 4 << 20,
        DrainTimeout = TimeSpan.FromMilliseconds(200),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task GetReport_WhileThePipelineRuns_ShowsWhatItHoldsAndChangesNothing()
    {
        var away = new ScriptedSink("away", static _ => SinkOutcome.Unavailable("away"));
        var alive = new ScriptedSink("alive");
        var pipeline = await StartAsync(away, alive);
        await pipeline.WriteAsync(Samples.Records(1000), Cancel);
        await alive.StoredAsync(1000);
        var before = Files();
        var inspector = new OutboxInspector(_directory.Path);
        var report = inspector.GetReport();
        Assert.Equal((Environment.ProcessId, 1L, 1000L, 0), (report.ProcessId, report.FirstSequence, report.LastSequence, report.Damaged.Count));
        Assert.Equal(["alive", "away"], report.Sinks.Select(static sink => sink.Sink));
        Assert.Equal(1000, report.Sinks[1].Pending);
        Assert.Equal(report.Segments.Sum(static segment => segment.Bytes), report.Bytes);
        Assert.Equal((1000, 0, 0), (inspector.Verify(Cancel).Records, inspector.Verify(Cancel).Held, inspector.Verify(Cancel).Corrupt));
        Assert.True(inspector.Verify(Cancel).IsIntact);
        Assert.Equal(alive.Stored, inspector.Read().Select(static record => Encoding.UTF8.GetString(record.Document.Span)));
        Assert.Equal([200, 201, 202], inspector.Read(200, 202).Select(static record => record.Sequence));
        Assert.Equal(before, Files());

        // Nor is the pipeline disturbed.
        away.Answer = ScriptedSink.StoreAll;
        await pipeline.WriteAsync(Samples.Records(10, first: 1000), Cancel);
        await pipeline.StopAsync(Cancel);
        Assert.Equal(1010, pipeline.GetStatus().Outbox.Written);
    }

    [Fact]
    public async Task Verify_RecordDamagedInTheMiddle_CountsItAlone()
    {
        await FillAsync(300);
        Damage();
        var found = new OutboxInspector(_directory.Path).Verify(Cancel);
        Assert.Equal((299, 1, false), (found.Records, found.Corrupt, found.IsIntact));
        Assert.Equal(299, new OutboxInspector(_directory.Path).Read().Count());
    }

    [Fact]
    public async Task Verify_BacklogThatIsCompressed_ReadsAllOfIt()
    {
        var away = new ScriptedSink("away", static _ => SinkOutcome.Unavailable("away"));
        var pipeline = await StartAsync(away);
        for (var first = 0; first < 5000; first += 500)
        {
            await pipeline.WriteAsync(Samples.Records(500, first: first), Cancel);
        }

        await pipeline.StopAsync(Cancel);
        await pipeline.DisposeAsync();
        var inspector = new OutboxInspector(_directory.Path);
        Assert.Contains(inspector.GetReport().Segments, static segment => segment.File.EndsWith(".segz", StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(1, 5000), inspector.Read().Select(static record => (int)record.Sequence));
        Assert.Equal((5000, true), (inspector.Verify(Cancel).Records, inspector.Verify(Cancel).IsIntact));
    }

    [Fact]
    public async Task Verify_FileThatIsNoSegment_NamesIt()
    {
        await FillAsync(3);
        const string Name = "0000000000000099.seg";
        File.WriteAllText(_directory.File(Name), "nonsense");
        Assert.Equal([Name], new OutboxInspector(_directory.Path).Verify(Cancel).Unreadable);
    }

    [Fact]
    public async Task ReplayDeadLetters_SinkThatTakesThemNow_DeliversEachOnceAndEmptiesTheFile()
    {
        var picky = new ScriptedSink("picky", static batch =>
        {
            for (var i = 0; i < batch.Count; i++)
            {
                batch.Settle(i, RecordFate.Rejected, "cannot read it");
            }

            return SinkOutcome.Completed();
        });
        var pipeline = await StartAsync(picky);
        await pipeline.WriteAsync(Samples.Records(2500), Cancel);
        await Until(() => pipeline.GetStatus().Sinks[0].DeadLettered == 2500);
        await pipeline.StopAsync(Cancel);
        await File.AppendAllTextAsync(_directory.File("dead-letters.picky.ndjson"), "not a letter\n", Cancel);
        Assert.Equal(2501, new OutboxInspector(_directory.Path).GetReport().Sinks[0].DeadLetters);

        using (var replay = new OutboxReplay(_directory.Path))
        {
            Assert.Equal(new ReplayReport(2500, 1), replay.ReplayDeadLetters("picky"));
        }

        Assert.Equal("not a letter\n", await File.ReadAllTextAsync(_directory.File("dead-letters.picky.ndjson"), Cancel));
        var healed = new ScriptedSink("picky");
        pipeline = await StartAsync(healed);
        await healed.StoredAsync(2500);
        await pipeline.StopAsync(Cancel);
        Assert.Equal(Enumerable.Range(0, 2500), healed.Stored.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("value").GetInt32()));
    }

    [Theory]
    [InlineData(null, 51, 51)]
    [InlineData("one", 51, 0)]
    public async Task ReplayFrom_Sequence_OffersTheRestAgainToThoseThatWereNamed(string? sink, int one, int two)
    {
        var pipeline = await StartAsync(new ScriptedSink("one"), new ScriptedSink("two"));
        await pipeline.WriteAsync(Samples.Records(100), Cancel);
        await Until(() => pipeline.GetStatus().Sinks.All(static status => status.Pending == 0));
        await pipeline.StopAsync(Cancel);

        using (var replay = new OutboxReplay(_directory.Path))
        {
            Assert.Equal(new ReplayReport(51, 0), replay.ReplayFrom(50, sink));
        }

        var (first, second) = (new ScriptedSink("one"), new ScriptedSink("two"));
        pipeline = await StartAsync(first, second);
        await Until(() => pipeline.GetStatus().Sinks.All(static status => status.Pending == 0));
        await pipeline.StopAsync(Cancel);
        Assert.Equal((one, two), (first.Stored.Count, second.Stored.Count));
    }

    [Fact]
    public async Task ReplayRange_Sequences_OffersThoseAgainAndNoMore()
    {
        var pipeline = await StartAsync(new ScriptedSink("one"), new ScriptedSink("two"));
        await pipeline.WriteAsync(Samples.Records(3000), Cancel);
        await Until(() => pipeline.GetStatus().Sinks.All(static status => status.Pending == 0));
        await pipeline.StopAsync(Cancel);

        using (var replay = new OutboxReplay(_directory.Path))
        {
            Assert.Equal(new ReplayReport(2001, 0), replay.ReplayRange(500, 2500));
        }

        var (first, second) = (new ScriptedSink("one"), new ScriptedSink("two"));
        pipeline = await StartAsync(first, second);
        await Until(() => pipeline.GetStatus().Sinks.All(static status => status.Pending == 0));
        await pipeline.StopAsync(Cancel);
        foreach (var sink in new[] { first, second })
        {
            Assert.Equal(Enumerable.Range(499, 2001), sink.Stored.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("value").GetInt32()));
        }
    }

    [Fact]
    public async Task ReplayRange_RecordsThatNoSinkHas_AreNotDoubled()
    {
        await FillAsync(10);
        using (var replay = new OutboxReplay(_directory.Path))
        {
            Assert.Equal(new ReplayReport(0, 0), replay.ReplayRange(1, 10));
            Assert.Throws<ArgumentOutOfRangeException>(() => replay.ReplayRange(5, 4));
        }

        var sink = new ScriptedSink("one");
        var pipeline = await StartAsync(sink);
        await sink.StoredAsync(10);
        await pipeline.StopAsync(Cancel);
        Assert.Equal(10, sink.Stored.Count);
    }

    [Fact]
    public async Task Replay_NameThatIsNotThere_SaysWhichAre()
    {
        await FillAsync(1);
        using var replay = new OutboxReplay(_directory.Path);
        Assert.StartsWith("The outbox has no sink \"two\"; there are: one.", Assert.Throws<ArgumentException>(() => replay.ReplayFrom(1, "two")).Message, StringComparison.Ordinal);
        Assert.StartsWith("No dead letters were kept for the sink \"one\".", Assert.Throws<ArgumentException>(() => replay.ReplayDeadLetters("one")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Constructor_PipelineRuns_ReplayIsRefused()
    {
        await using var pipeline = await StartAsync(new ScriptedSink("one"));
        Assert.Throws<OutboxInUseException>(() => new OutboxReplay(_directory.Path));
    }

    [Fact]
    public void Constructor_NoDirectory_NamesIt()
    {
        var missing = _directory.File("missing");
        Assert.Contains(missing, Assert.Throws<DirectoryNotFoundException>(() => new OutboxInspector(missing)).Message, StringComparison.Ordinal);
        Assert.Contains(missing, Assert.Throws<DirectoryNotFoundException>(() => new OutboxReplay(missing)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(missing));
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(1, Cancel);
        }
    }

    private async Task<TelemetryPipeline> StartAsync(params ITelemetrySink[] sinks)
    {
        var pipeline = new TelemetryPipeline(_options, sinks);
        await pipeline.StartAsync(Cancel);
        return pipeline;
    }

    private async Task FillAsync(int count)
    {
        var pipeline = await StartAsync(new ScriptedSink("one", static _ => SinkOutcome.Unavailable("away")));
        await pipeline.WriteAsync(Samples.Records(count), Cancel);
        await pipeline.StopAsync(Cancel);
    }

    /// <summary>Turns a byte of one record, somewhere in the middle of the file.</summary>
    private void Damage()
    {
        var path = Directory.GetFiles(_directory.Path, "*.seg").Single();
        var contents = File.ReadAllBytes(path);
        contents[contents.AsSpan().LastIndexOf("\"value\":100}"u8)] ^= 1;
        File.WriteAllBytes(path, contents);
    }

    private Dictionary<string, string> Files() => Directory.GetFiles(_directory.Path)
        .Where(static file => !file.EndsWith("lock", StringComparison.Ordinal))
        .ToDictionary(static file => file, static file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));
}
