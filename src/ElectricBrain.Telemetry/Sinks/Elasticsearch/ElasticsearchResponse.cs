namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>An answer of Elasticsearch.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The inflated body.</param>
/// <param name="RetryAfter">The wait that the server asked for.</param>
public readonly record struct ElasticsearchResponse(int Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter = null);
