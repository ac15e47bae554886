using System.Net.Http.Json;
using System.Text.Json;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;

namespace ElectricBrain.Integration.Tests.Elasticsearch;

/// <summary>What a server holds of one data stream, asked without the code under test.</summary>
internal sealed class SensorStream : IDisposable
{
    /// <summary>The mappings of a stream that is no time series.</summary>
    public const string OrdinaryMappings =
        """
        {"properties":{"host":{"properties":{"name":{"type":"keyword"} } },"device":{"properties":{"id":{"type":"keyword"} } },
        "sensor":{"properties":{"id":{"type":"keyword"},"type":{"type":"keyword"},"unit":{"type":"keyword"} } },"value":{"type":"double"} } }
        """;

    private readonly HttpClient _http;
    private readonly string _name;

    public SensorStream(Uri url, ElasticsearchOptions options, HttpMessageHandler? handler = null)
    {
        _http = new HttpClient(handler ?? new HttpClientHandler()) { BaseAddress = url };
        _name = options.DataStream;
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        await _http.GetFromJsonAsync<JsonElement>(path.Replace("STREAM", _name, StringComparison.Ordinal), cancellationToken);

    /// <summary>The stored documents, oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> DocumentsAsync(CancellationToken cancellationToken)
    {
        (await _http.PostAsync($"{_name}/_refresh", null, cancellationToken)).EnsureSuccessStatusCode();
        var found = new List<JsonElement>();
        var after = "";
        while (true)
        {
            var page = await SearchAsync($$"""{"size":5000,"track_total_hits":true,"sort":["@timestamp","sensor.id"]{{after}}}""", cancellationToken);
            var hits = page.GetProperty("hits").GetProperty("hits").EnumerateArray().ToArray();
            found.AddRange(hits.Select(static hit => hit.GetProperty("_source")));
            if (hits.Length == 0)
            {
                Assert.Equal(found.Count, page.GetProperty("hits").GetProperty("total").GetProperty("value").GetInt32());
                return found;
            }

            after = $",\"search_after\":{hits[^1].GetProperty("sort").GetRawText()}";
        }
    }

    public Task PutSettingAsync(string json, CancellationToken cancellationToken) => PutAsync($"{_name}/_settings", json, cancellationToken);

    public async Task PutAsync(string path, string json, CancellationToken cancellationToken)
    {
        using var response = await _http.PutAsync(path.Replace("STREAM", _name, StringComparison.Ordinal), new StringContent(json, null, "application/json"), cancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>POST to a path with STREAM in it; a JSON body when there is one.</summary>
    public Task<JsonElement> PostAsync(string path, CancellationToken cancellationToken, string json = "") => SendAsync(HttpMethod.Post, path, json, cancellationToken);

    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, path, "", cancellationToken);

    /// <summary>Settings of the cluster, until it ends; null takes one back.</summary>
    public Task PutClusterSettingAsync(string name, string? value, CancellationToken cancellationToken) =>
        PutAsync("_cluster/settings", $$"""{"persistent":{"{{name}}":{{(value is null ? "null" : $"\"{value}\"")}} } }""", cancellationToken);

    /// <summary>A template of an operator's for this stream alone, over ours; it has our mappings unless it brings its own.</summary>
    /// <param name="settings">Index settings, as a JSON object.</param>
    /// <param name="mappings">A time series of its own, and these properties of it.</param>
    /// <param name="options">More members of the template, with a comma before each.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task PutTemplateAsync(string settings, CancellationToken cancellationToken, string? mappings = null, string options = "") => PutAsync(
        $"_index_template/{_name}",
        $$"""
        {"index_patterns":["{{_name}}"],"data_stream":{},"priority":900{{(mappings is null ? ",\"composed_of\":[\"metrics-electricbrain.sensor@package\"]" : "")}}{{options}},
        "template":{"settings":{{settings}}{{(mappings is null ? "" : $",\"mappings\":{mappings}")}} } }
        """,
        cancellationToken);

    /// <summary>The backing indices, oldest first.</summary>
    public async Task<string[]> IndicesAsync(CancellationToken cancellationToken) =>
        [.. (await GetAsync("_data_stream/STREAM", cancellationToken)).GetProperty("data_streams")[0].GetProperty("indices").EnumerateArray().Select(static index => index.GetProperty("index_name").GetString()!)];

    /// <summary>Makes everything on the server visible to searches.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken) => (await _http.PostAsync("_refresh", null, cancellationToken)).EnsureSuccessStatusCode();

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, string json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path.Replace("STREAM", _name, StringComparison.Ordinal));
        if (json.Length > 0)
        {
            request.Content = new StringContent(json, null, "application/json");
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    private async Task<JsonElement> SearchAsync(string json, CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsync($"{_name}/_search", new StringContent(json, null, "application/json"), cancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}
