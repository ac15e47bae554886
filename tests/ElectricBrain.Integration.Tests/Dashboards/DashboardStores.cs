using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using ElectricBrain.Integration.Tests.Elasticsearch;
using ElectricBrain.Integration.Tests.Lab;
using ElectricBrain.Samples.Tests.Dashboards;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;

namespace ElectricBrain.Integration.Tests.Dashboards;

/// <summary>
/// A secured Elasticsearch that agents of a shelf have delivered to: a day of readings, some of them late, some of a clock that was
/// not set; and a reader with the privileges that the guide names.
/// </summary>
[CollectionDefinition(Name)]
public sealed class DashboardStores(LabFixture lab) : IAsyncDisposable, ICollectionFixture<DashboardStores>
{
    /// <summary>What the guide tells to grant a reader; a test compares them.</summary>
    public const string ReaderRole = """{"cluster":["monitor"],"indices":[{"names":["metrics-electricbrain.*"],"privileges":["read","view_index_metadata"]}]}""";

    public const string Name = "Stores of dashboards";

    private ElasticsearchNode? _node;
    private AgentOutbox? _agent;

    /// <summary>The end of the readings, a whole minute.</summary>
    public DateTimeOffset Until { get; private set; }

    /// <summary>Searches with the reader's key.</summary>
    internal HttpClient Reader { get; private set; } = null!;

    internal ElasticsearchQuery Query { get; private set; } = null!;

    /// <summary>Starts and fills the server at the first call; skips the calling test where there is none.</summary>
    public async ValueTask StartAsync()
    {
        if (Query is not null)
        {
            return;
        }

        var cancel = TestContext.Current.CancellationToken;
        _node = await lab.Elasticsearch.StartAsync("dashboards", cancel, "--secure");
        var password = (await File.ReadAllTextAsync(Path.Combine(_node.Folder, "password"), cancel)).Trim();
        using var admin = Client(new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"elastic:{password}"))));
        var now = TimeProvider.System.GetUtcNow();
        Until = now - TimeSpan.FromTicks(now.Ticks % TimeSpan.TicksPerMinute);

        _agent = new AgentOutbox(admin.BaseAddress!);
        _agent.Elasticsearch.Namespace = "default";
        _agent.Elasticsearch.CertificateAuthorityFile = Path.Combine(_node.Folder, "ca.crt");
        (_agent.Elasticsearch.UserName, _agent.Elasticsearch.Password) = ("elastic", password);
        var pipeline = await _agent.StartAsync(cancel);
        foreach (var chunk in Shelf.Records(Until, TimeSpan.FromHours(25), TimeSpan.FromMinutes(1)).Chunk(10_000))
        {
            await pipeline.WriteAsync(chunk, cancel);
        }

        // Older than the time series stream takes: the sink makes the stream for late ones.
        await pipeline.WriteAsync(Shelf.Records(Until.AddDays(-30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)).ToArray(), cancel);
        await pipeline.StopAsync(cancel);
        var sink = pipeline.GetStatus().Sinks[0];
        Assert.True(sink.Pending == 0, sink.LastError);
        await MarkAsync(admin, "metrics-electricbrain.sensor-default", "unsynchronised", TimeSpan.FromHours(20), cancel);
        await MarkAsync(admin, "metrics-electricbrain.sensor-default", "corrected", TimeSpan.FromHours(19), cancel);
        await MarkAsync(admin, "metrics-electricbrain.late-default", null, TimeSpan.FromHours(8), cancel);
        (await admin.PostAsync("_refresh", null, cancel)).EnsureSuccessStatusCode();

        var reply = await admin.PostAsync("_security/api_key", Json($$$"""{"name":"dashboards","role_descriptors":{"reader":{{{ReaderRole}}} } }"""), cancel);
        reply.EnsureSuccessStatusCode();
        var key = (await reply.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("encoded").GetString()!;
        Reader = Client(new AuthenticationHeaderValue("ApiKey", key));
        (_agent.Elasticsearch.UserName, _agent.Elasticsearch.Password, _agent.Elasticsearch.ApiKey) = (null, null, key);
        Query = new ElasticsearchQuery(_agent.Elasticsearch);
    }

    public async ValueTask DisposeAsync()
    {
        Reader?.Dispose();
        Query?.Dispose();
        _agent?.Dispose();
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }
    }

    /// <summary>Half an hour of a machine of its own, as an agent sends it whose clock was not set, or whose readings came too late.</summary>
    private async Task MarkAsync(HttpClient admin, string stream, string? clock, TimeSpan ago, CancellationToken cancel)
    {
        var lines = new StringBuilder();
        for (var minute = 0; minute < 30; minute++)
        {
            var at = (Until - ago).AddMinutes(minute).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
            lines.Append("{\"create\":{}}\n");
            lines.Append($$"""{"@timestamp":"{{at}}","host":{"name":"workshop"},"device":{"id":"spare"},"sensor":{"id":"bme280.dew_point","type":"dew_point","unit":"Cel"},"simulated":false{{(clock is null ? "" : $",\"clock\":\"{clock}\"")}},"value":{{minute}}}""").Append('\n');
        }

        var reply = await admin.PostAsync($"{stream}/_bulk", new StringContent(lines.ToString(), null, "application/x-ndjson"), cancel);
        var answer = await reply.Content.ReadFromJsonAsync<JsonElement>(cancel);
        Assert.False(answer.GetProperty("errors").GetBoolean(), answer.GetRawText());
    }

    private HttpClient Client(AuthenticationHeaderValue authorization)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(Path.Combine(_node!.Folder, "ca.crt"));
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = policy;
        var client = new HttpClient(handler) { BaseAddress = new UriBuilder(_node.Url) { Scheme = "https", Host = "localhost" }.Uri };
        client.DefaultRequestHeaders.Authorization = authorization;
        return client;
    }

    private static StringContent Json(string text) => new(text, null, "application/json");
}
