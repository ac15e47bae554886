using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using ElectricBrain.Integration.Tests.Lab;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;

namespace ElectricBrain.Integration.Tests.Elasticsearch;

/// <summary>What an API key with few privileges can do at a real, secured server.</summary>
public sealed class PrivilegeTests(LabFixture lab)
{
    private const string Sensor = """{"names":["metrics-electricbrain.sensor-*"],"privileges":["auto_configure","create_doc"]}""";
    private const string Late = """{"names":["metrics-electricbrain.late-*"],"privileges":["auto_configure","create_doc"]}""";
    private const string Readable = """{"names":["metrics-electricbrain.*"],"privileges":["read"]}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WriteAsync_KeysOfRisingPrivileges_DoAllThatEachAllowsAndLoseNothing()
    {
        await using var node = await lab.Elasticsearch.StartAsync("privileges", Cancel, "--secure");
        using var admin = Admin(node);
        using var agent = new AgentOutbox(admin.BaseAddress!);
        agent.Elasticsearch.CertificateAuthorityFile = Path.Combine(node.Folder, "ca.crt");
        agent.Options.DrainTimeout = TimeSpan.FromSeconds(1);

        // Nobody has made the templates, and the key must not: the records wait, and no ordinary index comes of them.
        agent.Elasticsearch.ApiKey = await KeyAsync(admin, "", Sensor);
        var pipeline = await agent.StartAsync(Cancel);
        await pipeline.WriteAsync(Records("a"), Cancel);
        await pipeline.UntilRefusedAsync("no matching index template");
        await pipeline.StopAsync(Cancel);
        Assert.Equal(11, pipeline.GetStatus().Sinks[0].Pending);

        // A key that may make them does.
        agent.Elasticsearch.ApiKey = await KeyAsync(admin, "\"manage_index_templates\"", Sensor);
        Assert.Equal((10, 1), await DeliverAsync(agent));

        // From then on the least privileges are enough, but for what is late.
        agent.Elasticsearch.ApiKey = await KeyAsync(admin, "", Sensor);
        Assert.Equal((10, 1), await DeliverAsync(agent, "b"));
        var letters = await File.ReadAllLinesAsync(Path.Combine(agent.Options.OutboxDirectory, "dead-letters.elasticsearch.ndjson"), Cancel);
        Assert.Equal(["late", "late"], letters.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString()));

        agent.Elasticsearch.ApiKey = await KeyAsync(admin, "\"manage_index_templates\"", Sensor, Late);
        Assert.Equal((11, 0), await DeliverAsync(agent, "c"));

        // Reading is a privilege of its own; one of the streams alone is answered for alone.
        (await admin.PostAsync("_refresh", null, Cancel)).EnsureSuccessStatusCode();
        using (var blind = new ElasticsearchQuery(agent.Elasticsearch))
        {
            Assert.Contains("Grant read on metrics-electricbrain.sensor-", (await Assert.ThrowsAsync<HttpRequestException>(() => blind.ListSeriesAsync(Cancel))).Message, StringComparison.Ordinal);
        }

        agent.Elasticsearch.ApiKey = await KeyAsync(admin, "", Readable.Replace("electricbrain.*", "electricbrain.sensor-*", StringComparison.Ordinal));
        Assert.Equal(10, await CountAsync(agent, "c"));
        agent.Elasticsearch.ApiKey = await KeyAsync(admin, "", Readable);
        Assert.Equal(11, await CountAsync(agent, "c"));
    }

    [Fact]
    public async Task WriteAsync_KeyInvalidated_PausesAndGoesOnWithTheNextKey()
    {
        await using var node = await lab.Elasticsearch.StartAsync("privileges", Cancel, "--secure");
        using var admin = Admin(node);
        using var agent = new AgentOutbox(admin.BaseAddress!);
        agent.Elasticsearch.CertificateAuthorityFile = Path.Combine(node.Folder, "ca.crt");
        agent.Options.DrainTimeout = TimeSpan.FromSeconds(1);
        foreach (var (privileges, error) in new[] { (Sensor, "does not accept the credentials"), (Readable, "Grant auto_configure and create_doc") })
        {
            agent.Elasticsearch.ApiKey = await KeyAsync(admin, "", privileges);
            if (privileges == Sensor)
            {
                (await admin.SendAsync(new HttpRequestMessage(HttpMethod.Delete, "_security/api_key") { Content = new StringContent("""{"owner":true}""", null, "application/json") }, Cancel)).EnsureSuccessStatusCode();
            }

            var pipeline = await agent.StartAsync(Cancel);
            await pipeline.WriteAsync(Records(error), Cancel);
            await pipeline.UntilAsync(static sink => sink.State == SinkState.NeedsAttention);
            await pipeline.StopAsync(Cancel);
            Assert.Contains(error, pipeline.GetStatus().Sinks[0].LastError, StringComparison.Ordinal);
            Assert.DoesNotContain(agent.Elasticsearch.ApiKey, pipeline.GetStatus().ToString(), StringComparison.Ordinal);
        }

        agent.Elasticsearch.ApiKey = await KeyAsync(admin, "\"manage_index_templates\"", Sensor, Late);
        Assert.Equal((22, 0), await DeliverAsync(agent));
    }

    [Fact]
    public async Task WriteAsync_LeastPrivilegesAndTheTemplateOfElasticsearchAlone_StoresNothingTwiceAndSaysWhatIsMissing()
    {
        await using var node = await lab.Elasticsearch.StartAsync("privileges", Cancel, "--secure");
        using var admin = Admin(node);
        await PutAsync(admin, "_index_template/metrics", $$"""{"index_patterns":["metrics-*-*"],"data_stream":{},"priority":100,"template":{"mappings":{{SensorStream.OrdinaryMappings}}} }""");
        using var agent = new AgentOutbox(admin.BaseAddress!);
        agent.Elasticsearch.CertificateAuthorityFile = Path.Combine(node.Folder, "ca.crt");
        agent.Elasticsearch.ApiKey = await KeyAsync(admin, "", Sensor);
        var records = AgentOutbox.Records(AgentOutbox.Series("a"), 100);
        for (var run = 0; run < 2; run++)
        {
            // The second time as an agent that a crash left with the same records.
            agent.Options.OutboxDirectory = agent.File($"run {run}");
            await using var pipeline = await agent.StartAsync(Cancel);
            await pipeline.WriteAsync(records, Cancel);
            Assert.Equal(run == 0 ? (99, 1, 0, 0) : (0, 100, 0, 0), await pipeline.CountsAsync());
        }

        agent.Elasticsearch.ApiKey = await KeyAsync(admin, "", Readable);
        (await admin.PostAsync("_refresh", null, Cancel)).EnsureSuccessStatusCode();
        Assert.Equal(100, await CountAsync(agent, "a"));
        var log = agent.Log.GetSnapshot();
        Assert.Equal(2, log.Count(static entry => entry.Id.Id == 3026));
        Assert.Contains(log, static entry => entry.Message.StartsWith("The credentials allow delivery of records: they have auto_configure, create_doc on ", StringComparison.Ordinal));
        Assert.Contains(log, static entry => entry.Message.StartsWith("The credentials do not allow writing the index templates", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WriteAsync_PrivilegesGrantedLater_BringsTheTemplateOfAnOlderProgramUpToDate()
    {
        await using var node = await lab.Elasticsearch.StartAsync("privileges", Cancel, "--secure");
        using var admin = Admin(node);
        using var agent = new AgentOutbox(admin.BaseAddress!);
        agent.Elasticsearch.CertificateAuthorityFile = Path.Combine(node.Folder, "ca.crt");
        agent.Elasticsearch.ApiKey = await KeyAsync(admin, "\"manage_index_templates\"", Sensor);
        Assert.Equal((10, 1), await DeliverAsync(agent, "a"));
        var written = await HashAsync(admin);

        // Other options make other templates; a key without the privilege leaves them alone, and one that may not touch a stream's lifecycle says so.
        agent.Elasticsearch.Retention = TimeSpan.FromDays(30);
        agent.Elasticsearch.ApiKey = await KeyAsync(admin, "", Sensor);
        await DeliverAsync(agent, "b");
        Assert.Equal(written, await HashAsync(admin));
        agent.Elasticsearch.ApiKey = await KeyAsync(admin, "\"manage_index_templates\"", Sensor);
        await DeliverAsync(agent, "c");
        Assert.NotEqual(written, await HashAsync(admin));
        Assert.Contains(agent.Log.GetSnapshot(), static entry => entry.Id.Id == 3023 && entry.Message.Contains("Grant manage_data_stream_lifecycle on it", StringComparison.Ordinal));
        Assert.Equal("525600m", await RetentionAsync(admin, agent));

        agent.Elasticsearch.Retention = TimeSpan.FromDays(60);
        agent.Elasticsearch.ApiKey = await KeyAsync(admin, "\"manage_index_templates\"", Sensor, """{"names":["metrics-electricbrain.*"],"privileges":["manage_data_stream_lifecycle"]}""");
        await DeliverAsync(agent, "d");
        Assert.Equal("86400m", await RetentionAsync(admin, agent));
    }

    private static async Task<string> HashAsync(HttpClient admin) =>
        (await admin.GetFromJsonAsync<JsonElement>("_index_template/metrics-electricbrain.sensor", Cancel))
            .GetProperty("index_templates")[0].GetProperty("index_template").GetProperty("_meta").GetProperty("hash").GetString()!;

    private static async Task<string> RetentionAsync(HttpClient admin, AgentOutbox agent) =>
        (await admin.GetFromJsonAsync<JsonElement>($"_data_stream/{agent.Elasticsearch.DataStream}", Cancel))
            .GetProperty("data_streams")[0].GetProperty("lifecycle").GetProperty("data_retention").GetString()!;

    private static async Task PutAsync(HttpClient admin, string path, string json)
    {
        using var response = await admin.PutAsync(path, new StringContent(json, null, "application/json"), Cancel);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<(long Delivered, long Late)> DeliverAsync(AgentOutbox agent, string? sensor = null)
    {
        agent.Options.DrainTimeout = TimeSpan.FromMinutes(1);
        var pipeline = await agent.StartAsync(Cancel);
        if (sensor is not null)
        {
            await pipeline.WriteAsync(Records(sensor), Cancel);
        }

        await pipeline.StopAsync(Cancel);
        var sink = pipeline.GetStatus().Sinks[0];
        Assert.True(sink.Pending == 0, sink.LastError);
        return (sink.Delivered, sink.Late);
    }

    /// <summary>Ten records of now, and one that no time series stream takes.</summary>
    private static TelemetryRecord[] Records(string sensor)
    {
        var records = AgentOutbox.Records(AgentOutbox.Series(sensor), 10);
        return [records[0] with { Timestamp = records[0].Timestamp.AddDays(-30) }, .. records];
    }

    private static async Task<long> CountAsync(AgentOutbox agent, string sensor)
    {
        using var query = new ElasticsearchQuery(agent.Elasticsearch);
        var now = TimeProvider.System.GetUtcNow();
        return (await query.GetSeriesAsync(AgentOutbox.Series(sensor).Key, now.AddDays(-60), now, 10, Cancel)).Sum(static point => point.Count);
    }

    internal static async Task<string> KeyAsync(HttpClient admin, string cluster, params string[] indices)
    {
        var request = $$$"""{"name":"agent","role_descriptors":{"agent":{"cluster":[{{{cluster}}}],"indices":[{{{string.Join(',', indices)}}}]} } }""";
        using var response = await admin.PostAsync("_security/api_key", new StringContent(request, null, "application/json"), Cancel);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("encoded").GetString()!;
    }

    internal static HttpClient Admin(ElasticsearchNode node)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(Path.Combine(node.Folder, "ca.crt"));
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = policy;
        var password = File.ReadAllText(Path.Combine(node.Folder, "password")).Trim();
        var admin = new HttpClient(handler) { BaseAddress = new UriBuilder(node.Url) { Scheme = "https", Host = "localhost" }.Uri };
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"elastic:{password}")));
        return admin;
    }
}
