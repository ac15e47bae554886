using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ElectricBrain.Telemetry.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>
/// The built-in client: <see cref="HttpClient"/> with gzip, API key or basic authentication, a trust anchor of choice, and several nodes. A node that cannot be
/// reached, or answers that it or its cluster cannot serve, is passed over for the next in the same call: all requests of this package can be repeated.
/// </summary>
internal sealed class HttpElasticsearchTransport : IElasticsearchTransport, IDisposable
{
    // Below this a body fits one packet, compressed or not.
    private const int SmallestCompressed = 1024;
    private const long LongestAnswer = 64 << 20;

    private readonly HttpClient _client;
    private readonly NodePool _nodes;
    private readonly TimeProvider _time;
    private readonly ElasticsearchMetrics? _metrics;

    /// <param name="options">The validated options.</param>
    /// <param name="handler">What carries the requests; owned.</param>
    /// <param name="metrics">Where requests are counted; not at all when null.</param>
    /// <param name="time">The clock of the nodes' health; the system's when null.</param>
    public HttpElasticsearchTransport(ElasticsearchOptions options, HttpMessageHandler handler, ElasticsearchMetrics? metrics = null, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _nodes = new NodePool(options.Endpoints.Select(Root), _time);
        _metrics = metrics;
        _metrics?.Watch(_nodes);
        _client = new HttpClient(handler) { Timeout = options.RequestTimeout, MaxResponseContentBufferSize = LongestAnswer };
        _client.DefaultRequestHeaders.Authorization = Authorization(options);
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("ElectricBrain.Telemetry", "1"));
    }

    public static HttpElasticsearchTransport Create(ElasticsearchOptions options, ILogger logger, ElasticsearchMetrics? metrics = null, TimeProvider? time = null)
    {
        // Connections are renewed now and then, so that a changed DNS entry is noticed.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (options.CertificateAuthorityFile is { } file)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(file);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        if (options.CertificateFingerprint is { } fingerprint)
        {
            var pin = CertificatePin.TryParse(fingerprint)!;
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                certificate is X509Certificate2 presented && chain is not null && pin.Check(presented, chain.ChainPolicy.ExtraStore, errors);
        }

        if (Authorization(options) is not null && options.Endpoints.FirstOrDefault(static endpoint => endpoint.Scheme == Uri.UriSchemeHttp && !endpoint.IsLoopback) is { } open)
        {
            logger.CredentialsInTheClear(Root(open));
        }

        return new HttpElasticsearchTransport(options, handler, metrics, time);
    }

    public async ValueTask<ElasticsearchResponse> SendAsync(
        HttpMethod method, string pathAndQuery, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var nodes = _nodes.Candidates();
        for (var i = 0; ; i++)
        {
            var isLast = i == nodes.Count - 1;
            try
            {
                var response = await SendAsync(nodes[i], method, pathAndQuery, body, cancellationToken).ConfigureAwait(false);
                if (response.Status is not (502 or 503 or 504))
                {
                    _nodes.Succeeded(nodes[i]);
                    return response;
                }

                _nodes.Failed(nodes[i]);
                if (isLast)
                {
                    return response;
                }
            }
            catch (HttpRequestException e)
            {
                _nodes.Failed(nodes[i]);
                if (isLast)
                {
                    var others = nodes.Count == 1 ? "" : $", nor at {nodes.Count - 1} other nodes";
                    throw new HttpRequestException($"Elasticsearch at {nodes[i].Root} cannot be reached{others}: {(e.InnerException?.Message ?? e.Message).TrimEnd('.')}. Check the address, the network and that the server runs.", e);
                }
            }
            catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                // Not with the next one at once: what is slow here may be the request.
                _nodes.Failed(nodes[i]);
                throw new TimeoutException($"Elasticsearch at {nodes[i].Root} did not answer within {_client.Timeout.TotalSeconds} s.", e);
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<ElasticsearchResponse> SendAsync(Node node, HttpMethod method, string pathAndQuery, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, node.Root + pathAndQuery);
        if (!body.IsEmpty)
        {
            request.Content = Content(body, method == HttpMethod.Post ? "application/x-ndjson" : "application/json");
        }

        var start = _time.GetTimestamp();
        var status = 0;
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            status = (int)response.StatusCode;
            return new ElasticsearchResponse(status, bytes, response.Headers.RetryAfter?.Delta);
        }
        finally
        {
            _metrics?.Requested(node, status, _time.GetElapsedTime(start), request.Content?.Headers.ContentLength ?? 0);
        }
    }

    /// <summary>The address without user information, which must not appear in messages.</summary>
    private static string Root(Uri endpoint) => endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    private static AuthenticationHeaderValue? Authorization(ElasticsearchOptions options)
    {
        if (options.ApiKey is { } key)
        {
            return new AuthenticationHeaderValue("ApiKey", key);
        }

        var user = options.UserName is { } name
            ? $"{name}:{options.Password}"
            : Uri.UnescapeDataString(options.Endpoints.FirstOrDefault(static endpoint => endpoint.UserInfo.Length > 0)?.UserInfo ?? "");
        return user.Length == 0 ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
    }

    /// <summary>
    /// The body in memory of its own: a request that was given up may still be sent from it for a moment, while the caller fills its
    /// buffer with the next one.
    /// </summary>
    private static ByteArrayContent Content(ReadOnlyMemory<byte> body, string type)
    {
        var isCompressed = body.Length >= SmallestCompressed;
        var content = new ByteArrayContent(isCompressed ? Compress(body) : body.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (isCompressed)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        return content;
    }

    private static byte[] Compress(ReadOnlyMemory<byte> body)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(body.Span);
        }

        return compressed.ToArray();
    }
}
