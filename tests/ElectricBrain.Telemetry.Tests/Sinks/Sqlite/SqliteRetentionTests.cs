using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Sqlite;
using ElectricBrain.Telemetry.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Telemetry.Tests.Sinks.Sqlite;

public sealed class SqliteRetentionTests : IDisposable
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(Midnight);
    private readonly SqliteOptions _options;

    public SqliteRetentionTests() => _options = new SqliteOptions
    {
        Path = _directory.File("store.db"),
        ReadingRetention = TimeSpan.FromDays(1),
        MinuteRetention = TimeSpan.FromDays(2),
        HourRetention = TimeSpan.FromDays(3),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task WriteAsync_DaysOfReadings_KeepsEachResolutionForItsTime()
    {
        using var store = new SqliteStore(_options, _time);
        await StoreHoursAsync(store, 0, 10 * 24);

        // The newest reading is of day 9, 23:30; roll-ups go in whole hours and days.
        Assert.Equal([25L, 49L, 96L, 10L], CountRows("reading", "reading_minute", "reading_hour", "reading_day"));
        Assert.Equal(Midnight.AddDays(8).AddMinutes(23 * 60 + 30).ToUnixTimeMilliseconds(), Scalar("SELECT min(ts) FROM reading"));
        Assert.Equal(Midnight.AddDays(9).AddMinutes(23 * 60 + 30), Assert.Single(await store.GetLatestAsync(Cancel)).Timestamp);
    }

    [Fact]
    public async Task GetSeriesAsync_ReadingsDeleted_AnswersFromTheRollUpsThatAreKept()
    {
        using var store = new SqliteStore(_options, _time);
        await StoreHoursAsync(store, 0, 10 * 24);
        Assert.Equal(10, (await store.GetSeriesAsync(Samples.Temperature.Key, Midnight, Midnight.AddDays(10), 100, Cancel)).Count);

        var hours = await store.GetSeriesAsync(Samples.Temperature.Key, Midnight.AddDays(7), Midnight.AddDays(8), 1000, Cancel);
        Assert.Equal(Enumerable.Range(7 * 24, 24).Select(static hour => (double)hour), hours.Select(static point => point.Average));
        Assert.All(hours, static point => Assert.Equal(1, point.Count));
    }

    [Fact]
    public async Task WriteAsync_OlderThanWhatIsKept_IsLateAndCountsInNoRollUp()
    {
        using var store = new SqliteStore(_options, _time);
        await StoreHoursAsync(store, 0, 10 * 24);
        var before = CountRows("reading", "reading_minute", "reading_hour", "reading_day");

        // Stored once and deleted since; a replay brings it again.
        var (fate, reason) = Assert.Single(await store.StoreAsync(Reading(7 * 24)));
        Assert.Equal(RecordFate.Late, fate);
        Assert.Contains("single readings since 2026-12-02T23:30", reason, StringComparison.Ordinal);
        Assert.Equal(before, CountRows("reading", "reading_minute", "reading_hour", "reading_day"));
        Assert.Equal(240L, Scalar("SELECT sum(count) FROM reading_day"));
    }

    [Fact]
    public async Task WriteAsync_BacklogOlderThanTheRetention_IsStoredBeforeItsAgeCounts()
    {
        using var store = new SqliteStore(_options, _time);
        _time.Advance(TimeSpan.FromDays(60));
        await StoreHoursAsync(store, 0, 5 * 24);
        Assert.Equal(120L, Scalar("SELECT sum(count) FROM reading_day"));
    }

    [Fact]
    public async Task WriteAsync_ClockRunsLate_DeletesNothing()
    {
        using var store = new SqliteStore(_options, new FakeTimeProvider(DateTimeOffset.UnixEpoch));
        await StoreHoursAsync(store, 0, 5 * 24, advance: false);
        Assert.Equal([120L, 120L, 120L, 5L], CountRows("reading", "reading_minute", "reading_hour", "reading_day"));
    }

    [Fact]
    public async Task WriteAsync_NextProcess_RemembersWhatWasDeleted()
    {
        using (var store = new SqliteStore(_options, _time))
        {
            await StoreHoursAsync(store, 0, 5 * 24);
        }

        _options.ReadingRetention = _options.MinuteRetention = _options.HourRetention = null;
        using var next = new SqliteStore(_options, _time);
        Assert.Equal(RecordFate.Late, Assert.Single(await next.StoreAsync(Reading(1))).Fate);
    }

    [Fact]
    public async Task WriteAsync_Forever_UsesTheSpaceOfWhatWasDeletedAgain()
    {
        _options.MinuteRetention = _options.HourRetention = TimeSpan.FromDays(1);
        using var store = new SqliteStore(_options, _time);
        await StoreHoursAsync(store, 0, 4 * 24, perHour: 100);
        var pages = Scalar("PRAGMA page_count");
        await StoreHoursAsync(store, 4 * 24, 20 * 24, perHour: 100);
        Assert.InRange(Scalar("PRAGMA page_count"), 1, pages * 5 / 4);
    }

    [Theory]
    [InlineData("ReadingRetention is 01:00:00; it must be at least 1 day", 1.0 / 24, 365.0, null)]
    [InlineData("MinuteRetention is 20.00:00:00, less than ReadingRetention, which is 30.00:00:00", 30.0, 20.0, null)]
    [InlineData("MinuteRetention is 20.00:00:00, less than ReadingRetention, which is for ever", null, 20.0, null)]
    [InlineData("HourRetention is 364.00:00:00, less than MinuteRetention, which is 365.00:00:00", 30.0, 365.0, 364.0)]
    public void Constructor_RetentionThatMakesNoSense_IsRefusedByName(string message, double? readings, double? minutes, double? hours)
    {
        static TimeSpan? Days(double? days) => days is { } some ? TimeSpan.FromDays(some) : null;
        var options = new SqliteOptions { Path = "x", ReadingRetention = Days(readings), MinuteRetention = Days(minutes), HourRetention = Days(hours) };
        Assert.StartsWith("SqliteOptions." + message, Assert.Throws<ArgumentException>(() => new SqliteStore(options)).Message, StringComparison.Ordinal);
    }

    private static TelemetryRecord Reading(int hour, int second = 0) => new(Samples.Temperature, Midnight.AddMinutes(hour * 60 + 30).AddSeconds(second), hour);

    /// <summary>Stores readings of each hour, as they come.</summary>
    private async Task StoreHoursAsync(SqliteStore store, int first, int last, int perHour = 1, bool advance = true)
    {
        for (var hour = first; hour < last; hour++)
        {
            var records = Enumerable.Range(0, perHour).Select(second => Reading(hour, second)).ToArray();
            if (advance && _time.GetUtcNow() < records[^1].Timestamp)
            {
                _time.SetUtcNow(records[^1].Timestamp);
            }

            await store.StoreAsync(records);
        }
    }

    private long[] CountRows(params string[] tables) => tables.Select(table => Scalar($"SELECT count(*) FROM {table}")).ToArray();

    private long Scalar(string sql) => (long)SqliteFile.Read(_options.Path, sql).Single()[0];
}
