using System.Globalization;
using ElectricBrain.Integration.Tests.Lab;

namespace ElectricBrain.Integration.Tests.Elasticsearch;

/// <summary>An agent that is killed under load, again and again: ELECTRICBRAIN_KILLS times, 10 unless it says otherwise.</summary>
public sealed class KilledAgentTests(LabFixture lab)
{
    private const int Stride = 1_000_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WriteAsync_AgentKilledAgainAndAgain_HasEachAcknowledgedReadingInElasticsearchExactlyOnce()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("ELECTRICBRAIN_KILLS") ?? "10", CultureInfo.InvariantCulture);
        using var agent = new AgentOutbox((await lab.Elasticsearch.SharedAsync(Cancel)).Url);
        var random = new Random(5);

        // Each life of the agent counts from a number of its own, so that what is there of an unacknowledged write is told from the next life's.
        var acknowledged = Enumerable.Range(0, kills).Select(life => KilledAgent.RunAndKill(agent, life * Stride, random.Next(1, 40))).ToArray();
        agent.Options.DrainTimeout = TimeSpan.FromMinutes(5);
        var pipeline = await agent.StartAsync(Cancel);
        await pipeline.StopAsync(Cancel);
        var status = pipeline.GetStatus();
        Assert.Equal((0, 0, 0, 0), (status.Sinks[0].Pending, status.Sinks[0].DeadLettered, status.Sinks[0].Late, status.Outbox.Corrupt));

        using var stream = new SensorStream(agent.Elasticsearch.Endpoint!, agent.Elasticsearch);
        var stored = (await stream.DocumentsAsync(Cancel)).Select(static document => (int)document.GetProperty("value").GetDouble()).ToArray();
        var lives = stored.ToLookup(static value => value / Stride);
        var lost = acknowledged.Select(static (last, life) => (last, life)).Sum(one => one.last + 1 - one.life * Stride - lives[one.life].Where(value => value <= one.last).Distinct().Count());
        var doubled = stored.Length - stored.Distinct().Count();
        TestContext.Current.SendDiagnosticMessage(
            $"{kills} kills, {acknowledged.Select(static (last, life) => last + 1 - life * Stride).Sum()} readings acknowledged, {stored.Length} stored, {lost} lost, {doubled} doubled");
        Assert.Equal((0, 0), (lost, doubled));
    }
}
