using ElectricBrain.Integration.Tests.Lab;

namespace ElectricBrain.Integration.Tests.EndToEnd;

/// <summary>The main job on real components: agents deployed on a swarm bring what their hats read to Elasticsearch.</summary>
public sealed class HatToAnalyticsTests(LabFixture lab)
{
    private static readonly string[] Hosts = ["node1", "node2", "node3"];

    private static readonly string[] Series =
    [
        "enviro bme280.dew_point dew_point Cel simulated",
        "enviro bme280.humidity humidity % simulated",
        "enviro bme280.pressure pressure Pa simulated",
        "enviro bme280.raw_temperature raw_temperature Cel simulated",
        "enviro bme280.temperature temperature Cel simulated",
        "enviro cpu.temperature cpu_temperature Cel simulated",
        "enviro ltr559.illuminance illuminance lx simulated",
        "enviro ltr559.proximity proximity 1 simulated",
        "enviro microphone.laeq sound_level dB[SPL] simulated",
        "enviro mics6814.ammonia ammonia Ohm simulated",
        "enviro mics6814.oxidising oxidising_gases Ohm simulated",
        "enviro mics6814.reducing reducing_gases Ohm simulated",
    ];

    [Fact]
    public async Task Readings_ElasticsearchKilledOnTheWay_ArriveFromEveryNodeOnceEach()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var elasticsearch = await lab.Elasticsearch.StartAsync("end-to-end", cancellationToken);
        var agents = await AgentStack.DeployAsync(lab, await elasticsearch.UrlFromContainersAsync(cancellationToken), cancellationToken);
        try
        {
            await FollowAsync(agents, elasticsearch, cancellationToken);
        }
        finally
        {
            await agents.KeepLogsAsync();
        }
    }

    private static async Task FollowAsync(AgentStack agents, ElasticsearchNode elasticsearch, CancellationToken cancellationToken)
    {
        using var analytics = new ElasticsearchReadings(elasticsearch.Url);
        await ArriveAsync(analytics, "first", DateTimeOffset.MinValue, cancellationToken);

        await elasticsearch.KillAsync(cancellationToken);
        var killed = TimeProvider.System.GetUtcNow();
        await Eventually.TrueAsync(
            "every agent reads on for 5 s without Elasticsearch",
            async () => ComeFromEveryNode(After(killed + TimeSpan.FromSeconds(5), await agents.StoredAsync(cancellationToken))),
            cancellationToken);
        await elasticsearch.RestartAsync(cancellationToken);
        var restarted = TimeProvider.System.GetUtcNow();
        await ArriveAsync(analytics, "after Elasticsearch's restart", restarted, cancellationToken);

        // Stopped and started again, the agents send what they had not sent yet. What they had read until then is what must arrive.
        await agents.DownAsync(cancellationToken);
        var read = await agents.StoredAsync(cancellationToken);
        await agents.UpAsync(cancellationToken);
        await ArriveAsync(analytics, "after the agents' restart", TimeProvider.System.GetUtcNow(), cancellationToken);
        var arrived = await analytics.AllAsync(cancellationToken);
        TestContext.Current.TestOutputHelper!.WriteLine($"{read.Count} readings in the agents' stores, {arrived.Count} in Elasticsearch at the end");

        var lastRead = read.GroupBy(reading => reading.Host).ToDictionary(own => own.Key, own => own.Max(reading => reading.Timestamp));
        Assert.Equal(InOrder(read), InOrder(arrived.Where(reading => reading.Timestamp <= lastRead[reading.Host])));
        Assert.All(Hosts, host => Assert.Contains(read, reading => reading.Host == host && reading.Timestamp > killed && reading.Timestamp < restarted));
        Assert.All(Hosts, host => Assert.Equal(Series, SeriesOf(arrived.Where(reading => reading.Host == host))));
    }

    private static Task ArriveAsync(ElasticsearchReadings analytics, string which, DateTimeOffset since, CancellationToken cancellationToken) =>
        Eventually.TrueAsync(
            $"readings of every node are in Elasticsearch: {which}",
            async () => ComeFromEveryNode(After(since, await analytics.AllAsync(cancellationToken))),
            cancellationToken);

    /// <summary>Without particles, whose sensor may not be warm yet.</summary>
    private static IEnumerable<string> SeriesOf(IEnumerable<StoredReading> readings) => readings
        .Where(reading => !reading.Sensor.StartsWith("pms5003", StringComparison.Ordinal))
        .Select(reading => $"{reading.Device} {reading.Sensor} {reading.Type} {reading.Unit}{(reading.Simulated ? " simulated" : "")}").Distinct().Order();

    private static bool ComeFromEveryNode(IEnumerable<StoredReading> readings) =>
        readings.Select(reading => reading.Host).Distinct().Order().SequenceEqual(Hosts);

    private static IEnumerable<StoredReading> After(DateTimeOffset time, IEnumerable<StoredReading> readings) =>
        readings.Where(reading => reading.Timestamp > time);

    private static IEnumerable<StoredReading> InOrder(IEnumerable<StoredReading> readings) =>
        readings.OrderBy(reading => reading.Host).ThenBy(reading => reading.Sensor).ThenBy(reading => reading.Timestamp);
}
