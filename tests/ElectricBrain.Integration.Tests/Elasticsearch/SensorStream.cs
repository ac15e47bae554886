using System.Net.Http.Json;
using System.Text.Json;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;

namespace ElectricBrain.Integration.Tests.Elasticsearch;

/// <summary>What a server holds of one data stream, asked without the code under test.</summary>
internal sealed class SensorStream : IDisposable
{
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
        using var response = await _http.PutAsync(path, new StringContent(json, null, "application/json"), cancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Makes everything on the server visible to searches.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken) => (await _http.PostAsync("_refresh", null, cancellationToken)).EnsureSuccessStatusCode();

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SearchAsync(string json, CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsync($"{_name}/_search", new StringContent(json, null, "application/json"), cancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}
