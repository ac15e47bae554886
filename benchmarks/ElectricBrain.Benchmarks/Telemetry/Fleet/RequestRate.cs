using System.Diagnostics;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;

namespace ElectricBrain.Benchmarks.Telemetry.Fleet;

/// <summary>Counts requests by the second in which they began, and by what became of them.</summary>
internal sealed class RequestRate(IElasticsearchTransport inner) : IElasticsearchTransport
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly int[] _began = new int[3_600];
    private readonly int[] _answered = new int[3_600];
    private readonly int[] _refused = new int[3_600];

    public int Second => (int)Stopwatch.GetElapsedTime(_start).TotalSeconds;

    public async ValueTask<ElasticsearchResponse> SendAsync(HttpMethod method, string pathAndQuery, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var second = Second;
        Interlocked.Increment(ref _began[second]);
        try
        {
            var response = await inner.SendAsync(method, pathAndQuery, body, cancellationToken);
            Interlocked.Increment(ref (response.Status < 400 ? _answered : _refused)[second]);
            return response;
        }
        catch
        {
            Interlocked.Increment(ref _refused[second]);
            throw;
        }
    }

    /// <summary>Requests that began in a second, and of them those that were answered with success.</summary>
    public (int Began, int Answered, int Refused) In(int second) => (_began[second], _answered[second], _refused[second]);

    /// <summary>The busiest second of a span.</summary>
    public int Peak(int from, int to) => _began.AsSpan(from..to).ToArray().DefaultIfEmpty().Max();

    public double Mean(int from, int to) => _began.AsSpan(from..to).ToArray().DefaultIfEmpty().Average();
}
