using System.Net;
using System.Text.Json;

namespace ElectricBrain.Benchmarks.Telemetry.Ingest;

/// <summary>The server that a run measures against, asked without the code under test.</summary>
internal sealed class IngestServer(Uri address) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = address };

    /// <summary>Makes an empty data stream; its template has to be there.</summary>
    public async Task CreateAsync(string stream, CancellationToken cancellationToken)
    {
        await DeleteAsync(stream, cancellationToken);
        using var response = await _client.PutAsync($"/_data_stream/{stream}", null, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>How many documents a stream has, those included that no search sees yet.</summary>
    public async Task<long> CountAsync(string stream, CancellationToken cancellationToken)
    {
        using var refresh = await _client.PostAsync($"/{stream}/_refresh", null, cancellationToken);
        refresh.EnsureSuccessStatusCode();
        using var answer = JsonDocument.Parse(await _client.GetByteArrayAsync($"/{stream}/_count", cancellationToken));
        return answer.RootElement.GetProperty("count").GetInt64();
    }

    public async Task DeleteAsync(string stream, CancellationToken cancellationToken)
    {
        using var response = await _client.DeleteAsync($"/_data_stream/{stream}", cancellationToken);
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            response.EnsureSuccessStatusCode();
        }
    }

    public void Dispose() => _client.Dispose();
}
