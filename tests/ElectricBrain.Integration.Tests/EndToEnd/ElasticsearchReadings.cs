using System.Net.Http.Json;
using System.Text.Json;

namespace ElectricBrain.Integration.Tests.EndToEnd;

/// <summary>What a query finds in Elasticsearch, asked for with nothing of ours in between.</summary>
internal sealed class ElasticsearchReadings(Uri url) : IDisposable
{
    private const string Streams = "metrics-electricbrain.*";
    private const int Limit = 10_000;

    private readonly HttpClient _http = new() { BaseAddress = url };

    /// <summary>Every document, oldest first; none while the server is away or has no stream yet.</summary>
    public async Task<IReadOnlyList<StoredReading>> AllAsync(CancellationToken cancellationToken)
    {
        try
        {
            (await _http.PostAsync($"{Streams}/_refresh", null, cancellationToken)).EnsureSuccessStatusCode();
            var query = new Dictionary<string, object> { ["size"] = Limit, ["sort"] = new[] { "@timestamp" } };
            using var response = await _http.PostAsJsonAsync($"{Streams}/_search", query, cancellationToken);
            var answer = (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("hits");
            Assert.True(answer.GetProperty("total").GetProperty("value").GetInt32() < Limit, "More readings than one page of results holds");
            return [.. answer.GetProperty("hits").EnumerateArray().Select(hit => Parse(hit.GetProperty("_source")))];
        }
        catch (HttpRequestException)
        {
            return [];
        }
    }

    public void Dispose() => _http.Dispose();

    private static StoredReading Parse(JsonElement document)
    {
        var sensor = document.GetProperty("sensor");
        return new StoredReading(
            document.GetProperty("host").GetProperty("name").GetString()!,
            document.GetProperty("device").GetProperty("id").GetString()!,
            sensor.GetProperty("id").GetString()!,
            sensor.GetProperty("type").GetString()!,
            sensor.GetProperty("unit").GetString()!,
            document.GetProperty("simulated").GetBoolean(),
            document.GetProperty("@timestamp").GetDateTimeOffset(),
            document.GetProperty("value").GetDouble());
    }
}
