using CsCheck;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Sqlite;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Sinks.Sqlite;

public sealed class SqliteRollupTests : IDisposable
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    private readonly TempDirectory _directory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("reading_minute", 60_000)]
    [InlineData("reading_hour", 3_600_000)]
    [InlineData("reading_day", 86_400_000)]
    public async Task WriteAsync_RepeatedAndOutOfOrder_SumsUpEachReadingOnce(string table, long length)
    {
        var seconds = Gen.OneOf(Gen.Int[0, 200], Gen.Int[0, 10_000], Gen.Int[-100_000, 200_000]);
        await Gen.Select(seconds, Gen.Int[-20, 20]).Array[1, 20].Array[1, 6].SampleAsync(async batches =>
        {
            using var directory = new TempDirectory();
            var path = directory.File("store.db");
            var stored = new Dictionary<long, double>();
            using (var store = new SqliteStore(new SqliteOptions { Path = path }))
            {
                foreach (var batch in batches)
                {
                    var records = batch.Select(static one => new TelemetryRecord(Samples.Temperature, Midnight.AddSeconds(one.Item1), one.Item2)).ToArray();
                    Array.ForEach(records, record => stored.TryAdd(record.Timestamp.ToUnixTimeMilliseconds(), record.Value));
                    await store.StoreAsync(records);
                    await store.StoreAsync(records);
                }
            }

            Assert.Equal(
                stored.OrderBy(static one => one.Key).GroupBy(one => one.Key / length * length).Select(static span => new object[]
                {
                    span.Key, (long)span.Count(), span.Min(static one => one.Value), span.Max(static one => one.Value), span.Sum(static one => one.Value), span.Last().Key, span.Last().Value,
                }),
                SqliteFile.Read(path, $"SELECT ts, count, minimum, maximum, sum, last_ts, last_value FROM {table} ORDER BY ts"));
        }, iter: 30, threads: 1);
    }

    [Fact]
    public async Task WriteAsync_TwoSeries_SumsUpEachForItself()
    {
        var path = _directory.File("store.db");
        using var store = new SqliteStore(new SqliteOptions { Path = path });
        await store.StoreAsync([.. Samples.Records(3), .. Samples.Records(5, series: Samples.Pressure)]);
        Assert.Equal([3L, 5L], SqliteFile.Read(path, "SELECT sum(count) FROM reading_hour GROUP BY series").Select(static row => row[0]));
    }

    [Fact]
    public async Task WriteAsync_BatchThatFails_CountsNothingOfItInARollUp()
    {
        var path = _directory.File("store.db");
        using var store = new SqliteStore(new SqliteOptions { Path = path });
        await store.StoreAsync(Samples.Records(10));
        SqliteFile.Execute(path, "CREATE TRIGGER fail BEFORE UPDATE ON latest WHEN new.value = 15 BEGIN SELECT raise(ABORT, 'no'); END");
        var failed = await store.WriteAsync(Batches.Of(Samples.Records(10, first: 10)), Cancel);
        Assert.Equal(SinkOutcomeKind.Unavailable, failed.Kind);

        SqliteFile.Execute(path, "DROP TRIGGER fail");
        Assert.All(await store.StoreAsync(Samples.Records(10, first: 10)), static fate => Assert.Equal(RecordFate.Stored, fate.Fate));
        Assert.Equal([20L, 20L, 20L], SqliteFile.Read(path, "SELECT sum(count) FROM reading_minute UNION ALL SELECT sum(count) FROM reading_hour UNION ALL SELECT sum(count) FROM reading_day").Select(static row => row[0]));
    }

    [Fact]
    public async Task GetSeriesAsync_AnySpanOfAYear_GivesWhatAPlainSumOverTheRecordsGives()
    {
        using var store = new SqliteStore(new SqliteOptions { Path = _directory.File("store.db"), ReadingRetention = null, MinuteRetention = null });
        var random = new Random(7);
        var offsets = Enumerable.Range(0, 4000).Select(i => i % 2 == 0 ? random.Next(0, 7200) : random.Next(0, 365 * 86_400)).Distinct();
        var records = offsets.Select(offset => new TelemetryRecord(Samples.Temperature, Midnight.AddSeconds(offset), random.Next(-500, 500) / 10.0)).ToArray();
        await store.StoreAsync(records);

        var instant = Gen.OneOf(Gen.Int[-1000, 10_000], Gen.Int[-1000, 366 * 86_400], Gen.Int[0, 366].Select(static day => day * 86_400));
        await Gen.Select(instant, instant, Gen.OneOf(Gen.Int[1, 50], Gen.Int[1, 5000])).Where(static (one, other, _) => one != other).SampleAsync(async (one, other, maxPoints) =>
        {
            var (from, to) = (Midnight.AddSeconds(Math.Min(one, other)), Midnight.AddSeconds(Math.Max(one, other)));
            var width = TimeSpan.FromMilliseconds(Math.Ceiling((to - from).TotalMilliseconds / maxPoints));
            Spans.AssertSame(Spans.Of(records, from, to, width), await store.GetSeriesAsync(Samples.Temperature.Key, from, to, maxPoints, Cancel));
        }, iter: 300, threads: 1);
    }

    [Theory]
    [InlineData("reading_minute", 2)]
    [InlineData("reading_hour", 120)]
    [InlineData("reading_day", 2880)]
    public async Task GetSeriesAsync_SpansOfTwoBuckets_ReadsTheCoarsestTableThatFits(string table, int minutes)
    {
        var path = _directory.File("store.db");
        using var store = new SqliteStore(new SqliteOptions { Path = path });
        await store.StoreAsync(Samples.Records(1));
        SqliteFile.Execute(path, $"UPDATE {table} SET maximum = 4711");
        var point = Assert.Single(await store.GetSeriesAsync(Samples.Temperature.Key, Midnight, Midnight.AddMinutes(minutes * 500), 500, Cancel));
        Assert.Equal(4711, point.Maximum);
    }
}
