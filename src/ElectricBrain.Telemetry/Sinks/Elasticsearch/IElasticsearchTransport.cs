namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>Carries requests to Elasticsearch: over <see cref="HttpClient"/> unless another client is plugged in.</summary>
public interface IElasticsearchTransport
{
    /// <summary>Sends one request and returns the whole answer, whatever its status.</summary>
    /// <param name="method">GET, PUT or POST.</param>
    /// <param name="pathAndQuery">From the leading slash on.</param>
    /// <param name="body">JSON, also for a GET, or newline-delimited JSON for a POST; empty for none. Valid until the call returns.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Exception">There was no whole answer; the message tells why and holds no secret.</exception>
    ValueTask<ElasticsearchResponse> SendAsync(HttpMethod method, string pathAndQuery, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}
