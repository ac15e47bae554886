using ElectricBrain.Telemetry.Query;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Sqlite;
using ElectricBrain.Telemetry.Tests.Support;
using Microsoft.Data.Sqlite;

namespace ElectricBrain.Telemetry.Tests.Sinks.Sqlite;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly SqliteStore _store;

    public SqliteStoreTests() => _store = Open("a/b/store.db");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task WriteAsync_SameRecordsAgain_StoresThemOnce()
    {
        await StoreAsync(Samples.Records(10));
        var again = await StoreAsync(Samples.Records(12));
        Assert.Equal(10, again.Count(static fate => fate.Fate == RecordFate.Duplicate));
        Assert.Equal(2, again.Count(static fate => fate.Fate == RecordFate.Stored));
        Assert.Equal(12, (await AllAsync()).Sum(static point => point.Count));
    }

    [Fact]
    public async Task WriteAsync_OtherValueAtAStoredMillisecond_IsRejectedAndSaysWhatIsThere()
    {
        await StoreAsync(Samples.Records(1));
        var (fate, reason) = Assert.Single(await StoreAsync([new TelemetryRecord(Samples.Temperature, Samples.Start, 99)]));
        Assert.Equal(RecordFate.Rejected, fate);
        Assert.Contains("has the value 0 at this millisecond already", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetLatestAsync_OutOfOrderRecords_GivesTheNewestOfEachSeries()
    {
        await StoreAsync([.. Samples.Records(5), .. Samples.Records(3, series: Samples.Pressure)]);
        await StoreAsync([new TelemetryRecord(Samples.Temperature, Samples.Start.AddHours(-1), -1)]);
        Assert.Equal([Samples.Records(1, 2, Samples.Pressure)[0], Samples.Records(1, 4)[0]], await _store.GetLatestAsync(Cancel));
    }

    [Fact]
    public async Task ListSeriesAsync_RealAndSimulatedAlike_KeepsThemApart()
    {
        var real = new TelemetrySeries { HostName = "h", DeviceId = "d", SensorId = "s", SensorType = "t", Unit = "u" };
        var simulated = new TelemetrySeries { HostName = "h", DeviceId = "d", SensorId = "s", SensorType = "t", Unit = "u", IsSimulated = true };
        await StoreAsync([new TelemetryRecord(real, Samples.Start, 1), new TelemetryRecord(simulated, Samples.Start, 2)]);
        var series = await _store.ListSeriesAsync(Cancel);
        Assert.Equal([real, simulated], series);
        Assert.Equal([false, true], series.Select(static s => s.IsSimulated));
    }

    [Fact]
    public async Task GetSeriesAsync_UnknownKey_HasNoValues() =>
        Assert.Empty(await _store.GetSeriesAsync("nothing", Samples.Start, Samples.Start.AddDays(1), 10, Cancel));

    [Fact]
    public async Task GetSeriesAsync_EndBeforeStart_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _store.GetSeriesAsync("any", Samples.Start, Samples.Start, 10, Cancel));

    [Fact]
    public async Task GetLatestAsync_OfAnotherStoreObject_SeesWhatIsBeingWritten()
    {
        await StoreAsync(Samples.Records(3));
        using var reader = Open("a/b/store.db");
        Assert.Equal(2, Assert.Single(await reader.GetLatestAsync(Cancel)).Value);
        await StoreAsync(Samples.Records(1, first: 3));
        Assert.Equal(3, Assert.Single(await reader.GetLatestAsync(Cancel)).Value);
    }

    [Fact]
    public async Task WriteAsync_FileOfAnotherProgram_IsLeftAloneAndNamed()
    {
        var path = _directory.File("other.db");
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=false"))
        {
            await connection.OpenAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE precious (id INTEGER)";
            await command.ExecuteNonQueryAsync(Cancel);
        }

        using var store = Open("other.db");
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => store.GetLatestAsync(Cancel));
        Assert.Equal($"The database {path} belongs to another program; choose another file.", refused.Message);
    }

    [Fact]
    public async Task WriteAsync_NotADatabase_IsUnavailableAndNamesTheFile()
    {
        await File.WriteAllTextAsync(_directory.File("text.db"), new string('x', 5000), Cancel);
        using var store = Open("text.db");
        var outcome = await store.WriteAsync(Batches.Of(Samples.Records(1)), Cancel);
        Assert.Equal(SinkOutcomeKind.Unavailable, outcome.Kind);
        Assert.Contains("text.db could not be written", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_LineThatIsNoDocument_IsRejectedAlone()
    {
        var batch = new TelemetryBatch();
        batch.Add(1, "garbage"u8);
        batch.Offer(1);
        Assert.Equal(SinkOutcomeKind.Completed, (await _store.WriteAsync(batch, Cancel)).Kind);
        Assert.Equal(RecordFate.Rejected, batch.FateOf(0).Fate);
    }

    private SqliteStore Open(string name) => new(new SqliteOptions { Path = _directory.File(name) });

    private Task<IReadOnlyList<SeriesPoint>> AllAsync() =>
        _store.GetSeriesAsync(Samples.Temperature.Key, Samples.Start.AddDays(-1), Samples.Start.AddDays(1), 100, Cancel);

    private Task<(RecordFate Fate, string? Reason)[]> StoreAsync(TelemetryRecord[] records) => _store.StoreAsync(records);
}
