using CsCheck;
using ElectricBrain.Telemetry.Documents;
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
        Assert.Equal(10, again.Count(RecordFate.Duplicate));
        Assert.Equal(2, again.Count(RecordFate.Stored));
        Assert.Equal(12, (await AllAsync()).Sum(static point => point.Count));
    }

    [Fact]
    public async Task WriteAsync_OtherValueAtAStoredMillisecond_IsRejectedAndSaysWhatIsThere()
    {
        await StoreAsync(Samples.Records(1));
        var fates = await StoreAsync([new TelemetryRecord(Samples.Temperature, Samples.Start, 99)]);
        Assert.Equal(RecordFate.Rejected, fates.Single().Fate);
        Assert.Contains("has the value 0 at this millisecond already", fates.Single().Reason, StringComparison.Ordinal);
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
    public async Task GetSeriesAsync_AnySpan_GivesWhatAPlainSumOverTheRecordsGives()
    {
        var records = Samples.Records(200);
        await StoreAsync(records);
        await Gen.Select(Gen.Int[-50, 250], Gen.Int[1, 400], Gen.Int[1, 60]).SampleAsync(async (first, seconds, maxPoints) =>
        {
            var from = Samples.Start.AddSeconds(first);
            var to = from.AddSeconds(seconds);
            var points = await _store.GetSeriesAsync(Samples.Temperature.Key, from, to, maxPoints, Cancel);

            var wanted = records.Where(record => record.Timestamp >= from && record.Timestamp < to).ToArray();
            Assert.InRange(points.Count, wanted.Length == 0 ? 0 : 1, maxPoints);
            Assert.Equal(wanted.Length, points.Sum(static point => point.Count));
            Assert.Equal(wanted.Sum(static record => record.Value), points.Sum(static point => point.Count * point.Average), 6);
            var width = (to - from) / maxPoints;
            foreach (var point in points)
            {
                var inside = wanted.Where(record => record.Timestamp >= point.Start && record.Timestamp < point.Start + width + TimeSpan.FromMilliseconds(1)).ToArray();
                Assert.Equal(inside.Min(static record => record.Value), point.Minimum);
                Assert.InRange(point.Average, point.Minimum, point.Maximum);
            }

            Assert.Equal(points.Select(static point => point.Start).Order(), points.Select(static point => point.Start));
        });
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
        var outcome = await store.WriteAsync(Batch(Samples.Records(1)), Cancel);
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

    private static TelemetryBatch Batch(TelemetryRecord[] records)
    {
        var batch = new TelemetryBatch();
        var encoder = new DocumentEncoder();
        foreach (var record in records)
        {
            var buffer = new byte[DocumentEncoder.MaximumLength(record.Series)];
            batch.Add(batch.Unsettled + 1, buffer.AsSpan(0, encoder.Encode(record.Series, record.Timestamp.ToUnixTimeMilliseconds(), record.Value, buffer)));
        }

        batch.Offer(records.Length);
        return batch;
    }

    private SqliteStore Open(string name) => new(new SqliteOptions { Path = _directory.File(name) });

    private Task<IReadOnlyList<SeriesPoint>> AllAsync() =>
        _store.GetSeriesAsync(Samples.Temperature.Key, Samples.Start.AddDays(-1), Samples.Start.AddDays(1), 100, Cancel);

    private async Task<Fates> StoreAsync(TelemetryRecord[] records)
    {
        var batch = Batch(records);
        Assert.Equal(SinkOutcomeKind.Completed, (await _store.WriteAsync(batch, Cancel)).Kind);
        await _store.FlushAsync(Cancel);
        return new Fates(Enumerable.Range(0, batch.Count).Select(batch.FateOf).ToArray());
    }

    private sealed class Fates((RecordFate Fate, string? Reason)[] fates)
    {
        public int Count(RecordFate fate) => fates.Count(one => one.Fate == fate);

        public (RecordFate Fate, string? Reason) Single() => Assert.Single(fates);
    }
}
