using ElectricBrain.Integration.Tests.Lab;
using ElectricBrain.Telemetry;

namespace ElectricBrain.Integration.Tests.Elasticsearch;

/// <summary>Requests that a real server refuses as a whole.</summary>
public sealed class RequestAnswerTests(LabFixture lab)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cluster.blocks.read_only", "true", "status 403, cluster_block_exception: blocked by: [FORBIDDEN/6/cluster read-only (api)]")]
    [InlineData("cluster.blocks.read_only_allow_delete", "true", "status 403, cluster_block_exception: blocked by: [FORBIDDEN/13/cluster read-only / allow delete (api)]")]
    [InlineData("indices.breaker.total.limit", "1%", "status 429, circuit_breaking_exception: [parent] Data too large")]
    public async Task WriteAsync_ClusterThatTakesNothingNow_KeepsTheRecordsUntilItDoes(string setting, string value, string reason)
    {
        var node = await lab.Elasticsearch.SharedAsync(Cancel);
        if (!node.IsOurs)
        {
            Requirement.Missing("The cluster is not the lab's, so nothing is blocked there; set ELECTRICBRAIN_ES_LAB instead of ELECTRICBRAIN_ES_URL");
        }

        using var agent = new AgentOutbox(node.Url) { Time = new HastyTime(20) };
        using var stream = new SensorStream(node.Url, agent.Elasticsearch);
        await using var pipeline = await agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Records(10, "a"), Cancel);
        await pipeline.CountsAsync();

        await stream.PutClusterSettingAsync(setting, value, Cancel);
        try
        {
            await pipeline.WriteAsync(Records(500, "b"), Cancel);
            await pipeline.UntilRefusedAsync(reason);
            await pipeline.UntilAsync(static sink => sink.Retries > 3);
            Assert.Equal((10, 0), (pipeline.GetStatus().Sinks[0].Delivered, pipeline.GetStatus().Sinks[0].DeadLettered));
        }
        finally
        {
            await stream.PutClusterSettingAsync(setting, null, CancellationToken.None);
        }

        Assert.Equal((510, 0, 0, 0), await pipeline.CountsAsync());
        Assert.Equal(510, (await stream.DocumentsAsync(Cancel)).Count);
    }

    [Fact]
    public async Task WriteAsync_RequestsThatCanNeverPass_GetSmallerUntilTheyDo()
    {
        // 500 documents are 110 kB inflated, above the one limit; what is below it counts for more than the other allows.
        await using var node = await lab.Elasticsearch.StartAsync("small", Cancel, "--set", "http.max_content_length=64kb", "--set", "indexing_pressure.memory.limit=40kb");
        using var agent = new AgentOutbox(node.Url) { Time = new HastyTime(20) };
        using var stream = new SensorStream(node.Url, agent.Elasticsearch);
        await using var pipeline = await agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Records(3000, "a"), Cancel);
        Assert.Equal((3000, 0, 0, 0), await pipeline.CountsAsync());
        Assert.Equal(3000, (await stream.DocumentsAsync(Cancel)).Count);
        Assert.Contains(agent.Log.GetSnapshot(), static entry => entry.Message.Contains("answered with status 413.", StringComparison.Ordinal));
        Assert.Contains(agent.Log.GetSnapshot(), static entry => entry.Message.Contains("status 429, es_rejected_execution_exception: rejected execution of coordinating operation", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WriteAsync_AddressWithAPathTooMany_SaysSoAndKeepsTheRecords()
    {
        var url = (await lab.Elasticsearch.SharedAsync(Cancel)).Url;
        using var agent = new AgentOutbox(new Uri(url, "es/")) { Time = new HastyTime(20) };
        agent.Elasticsearch.ManageTemplate = false;
        agent.Options.DrainTimeout = TimeSpan.Zero;
        var pipeline = await agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Records(10, "a"), Cancel);
        Assert.Contains("Check that the endpoint is an Elasticsearch server, with its path", await pipeline.UntilRefusedAsync("no handler found for uri [/es/"), StringComparison.Ordinal);
        await pipeline.StopAsync(Cancel);
        Assert.Equal((10, 0), (pipeline.GetStatus().Sinks[0].Pending, pipeline.GetStatus().Sinks[0].DeadLettered));

        agent.Elasticsearch.Endpoint = url;
        agent.Elasticsearch.ManageTemplate = true;
        await using var right = await agent.StartAsync(Cancel);
        Assert.Equal((10, 0, 0, 0), await right.CountsAsync());
    }

    private static TelemetryRecord[] Records(int count, string sensor) => AgentOutbox.Records(AgentOutbox.Series(sensor), count);
}
