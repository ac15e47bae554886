using System.Net;
using ElectricBrain.Telemetry.Documents;
using ElectricBrain.Telemetry.Query;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>
/// Reads the data streams that an <see cref="ElasticsearchSink"/> with the same options writes, also that of late records. A reading is found about a second after
/// it was stored (the index's <c>refresh_interval</c>). The credentials need <c>read</c> on both.
/// </summary>
/// <remarks>
/// Every call throws <see cref="HttpRequestException"/> when the server cannot be reached or refuses, <see cref="TimeoutException"/> when
/// it does not answer, and <see cref="InvalidDataException"/> when its answer is not whole; never a part of the result.
/// </remarks>
public sealed class ElasticsearchQuery : ITelemetryQuery, IDisposable
{
    // A million series; a server that goes on giving pages beyond that is not one of ours.
    private const int MostPages = 1000;

    private readonly IElasticsearchTransport _transport;
    private readonly string _dataStream;
    private readonly string _path;

    /// <summary>Makes the query; nothing is sent before the first call.</summary>
    /// <param name="options">Where the records are.</param>
    /// <param name="transport">The client that carries the requests; null for the built-in one over <see cref="HttpClient"/>.</param>
    /// <param name="logger">The log; none when null.</param>
    /// <exception cref="ArgumentException">An option is not usable; the message names it.</exception>
    public ElasticsearchQuery(ElasticsearchOptions options, IElasticsearchTransport? transport = null, ILogger<ElasticsearchQuery>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _transport = transport ?? HttpElasticsearchTransport.Create(options, logger ?? (ILogger)NullLogger.Instance);
        _dataStream = options.DataStream;

        // A pattern that only the stream for late records fits: it may be missing, or be out of the credentials' reach.
        _path = $"/{_dataStream},metrics-electricbrain.late*-{options.Namespace}/_search?ignore_unavailable=true&allow_partial_search_results=false";
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TelemetrySeries>> ListSeriesAsync(CancellationToken cancellationToken = default)
    {
        return await ReadPagesAsync(SearchRequest.ListSeries, SearchReply.ReadSeries, static one => one, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TelemetryRecord>> GetLatestAsync(CancellationToken cancellationToken = default)
    {
        return await ReadPagesAsync(SearchRequest.ListLatest, SearchReply.ReadLatest, static record => record.Series, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SeriesPoint>> GetSeriesAsync(
        string seriesKey, DateTimeOffset from, DateTimeOffset to, int maxPoints, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(seriesKey);
        var spans = SeriesSpans.Of(from, to, maxPoints);
        return SeriesKey.TryParse(seriesKey, out var series)
            ? SearchReply.ReadPoints(await SearchAsync(SearchRequest.SumUp(series, spans), cancellationToken).ConfigureAwait(false), spans)
            : [];
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => (_transport as IDisposable)?.Dispose();

    private async Task<List<T>> ReadPagesAsync<T>(
        Func<TelemetrySeries?, byte[]> request, Func<ReadOnlyMemory<byte>, List<T>> read, Func<T, TelemetrySeries> seriesOf, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        var seen = new HashSet<TelemetrySeries>();
        for (var page = 0; page < MostPages; page++)
        {
            var last = all.Count > 0 ? seriesOf(all[^1]) : null;
            var found = read(await SearchAsync(request(last), cancellationToken).ConfigureAwait(false));
            if (!found.TrueForAll(one => seen.Add(seriesOf(one))))
            {
                throw new InvalidDataException($"A search in {_dataStream} was answered with the same series twice; check that the endpoint is an Elasticsearch server, or what lies between.");
            }

            all.AddRange(found);
            if (found.Count < SearchRequest.PageSize)
            {
                return [.. all.OrderBy(one => seriesOf(one).Key, StringComparer.Ordinal)];
            }
        }

        throw new InvalidDataException($"The data stream {_dataStream} has more than {MostPages * SearchRequest.PageSize} series; check that the endpoint is an Elasticsearch server.");
    }

    private async Task<ReadOnlyMemory<byte>> SearchAsync(byte[] body, CancellationToken cancellationToken)
    {
        // A GET, as it changes nothing; the server takes its body.
        var response = await _transport.SendAsync(HttpMethod.Get, _path, body, cancellationToken).ConfigureAwait(false);
        if (response.Status == (int)HttpStatusCode.OK)
        {
            return response.Body;
        }

        var message = response.Status == (int)HttpStatusCode.Forbidden && ErrorReply.Read(response.Body).Type == "security_exception"
            ? $"The search was answered with status 403: the credentials lack a privilege. Grant read on {_dataStream}."
            : ErrorReply.Classify(response, "The search").Error;
        throw new HttpRequestException(message, null, (HttpStatusCode)response.Status);
    }
}
