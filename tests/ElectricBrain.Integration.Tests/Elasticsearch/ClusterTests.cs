using ElectricBrain.Integration.Tests.Lab;
using ElectricBrain.Telemetry;

namespace ElectricBrain.Integration.Tests.Elasticsearch;

/// <summary>A cluster of three real servers, of which one is killed and comes back on its data.</summary>
public sealed class ClusterTests(LabFixture lab)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WriteAsync_OneOfThreeNodesKilledAndRestarted_StoresEveryRecordExactlyOnce()
    {
        await using var first = await lab.Elasticsearch.StartAsync("one", Cancel, "--set", "discovery.type=multi-node", "--set", "cluster.initial_master_nodes=es-PORT");
        var seed = $"discovery.seed_hosts=127.0.0.1:{first.Url.Port + 10_000}";
        await using var second = await lab.Elasticsearch.StartAsync("two", Cancel, "--set", "discovery.type=multi-node", "--set", seed);
        await using var third = await lab.Elasticsearch.StartAsync("three", Cancel, "--set", "discovery.type=multi-node", "--set", seed);
        using var agent = new AgentOutbox(first.Url);
        agent.Elasticsearch.Endpoints = [first.Url, second.Url, third.Url];
        agent.Elasticsearch.Replicas = 1;
        agent.Elasticsearch.MaxConcurrency = 4;
        agent.Elasticsearch.RequestTimeout = TimeSpan.FromSeconds(10);
        using var stream = new SensorStream(first.Url, agent.Elasticsearch);
        Assert.Equal(3, (await stream.GetAsync("_cluster/health?wait_for_nodes=3&timeout=60s", Cancel)).GetProperty("number_of_nodes").GetInt32());

        var records = AgentOutbox.Records(AgentOutbox.Series("a"), 20_000);
        var pipeline = await agent.StartAsync(Cancel);
        for (var i = 0; i < records.Length; i += 100)
        {
            await pipeline.WriteAsync(records.AsMemory(i, 100), Cancel);
            if (i == 4000)
            {
                await second.KillAsync(Cancel);
            }

            if (i == 12_000)
            {
                await second.RestartAsync(Cancel);
            }
        }

        agent.Options.DrainTimeout = TimeSpan.FromMinutes(3);
        await pipeline.StopAsync(Cancel);
        var sink = pipeline.GetStatus().Sinks[0];
        Assert.True(sink.Pending == 0, sink.LastError);
        Assert.Equal(records.Length, sink.Delivered + sink.Duplicates);
        Assert.Equal(records.Select(static record => record.Value), (await stream.DocumentsAsync(Cancel)).Select(static document => document.GetProperty("value").GetDouble()));
    }
}
