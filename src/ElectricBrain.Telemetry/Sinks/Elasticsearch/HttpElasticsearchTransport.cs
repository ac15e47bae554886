using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ElectricBrain.Telemetry.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>The built-in client: <see cref="HttpClient"/> with gzip, API key or basic authentication, and a trust anchor of choice.</summary>
internal sealed class HttpElasticsearchTransport : IElasticsearchTransport, IDisposable
{
    // Below this a body fits one packet, compressed or not.
    private const int SmallestCompressed = 1024;
    private const long LongestAnswer = 64 << 20;

    private readonly HttpClient _client;
    private readonly string _root;

    /// <param name="options">The validated options.</param>
    /// <param name="handler">What carries the requests; owned.</param>
    public HttpElasticsearchTransport(ElasticsearchOptions options, HttpMessageHandler handler)
    {
        // The user information stays out of the address, which appears in messages.
        _root = options.Endpoint!.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
        _client = new HttpClient(handler) { Timeout = options.RequestTimeout, MaxResponseContentBufferSize = LongestAnswer };
        _client.DefaultRequestHeaders.Authorization = Authorization(options);
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("ElectricBrain.Telemetry", "1"));
    }

    public static HttpElasticsearchTransport Create(ElasticsearchOptions options, ILogger logger)
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

        var transport = new HttpElasticsearchTransport(options, handler);
        if (Authorization(options) is not null && options.Endpoint!.Scheme == Uri.UriSchemeHttp && !options.Endpoint.IsLoopback)
        {
            logger.CredentialsInTheClear(transport._root);
        }

        return transport;
    }

    public async ValueTask<ElasticsearchResponse> SendAsync(
        HttpMethod method, string pathAndQuery, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, _root + pathAndQuery);
        if (!body.IsEmpty)
        {
            request.Content = Content(body, method == HttpMethod.Post ? "application/x-ndjson" : "application/json");
        }

        try
        {
            using var response = await _client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return new ElasticsearchResponse((int)response.StatusCode, bytes, response.Headers.RetryAfter?.Delta);
        }
        catch (HttpRequestException e)
        {
            throw new HttpRequestException($"Elasticsearch at {_root} cannot be reached: {(e.InnerException?.Message ?? e.Message).TrimEnd('.')}. Check the address, the network and that the server runs.", e);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Elasticsearch at {_root} did not answer within {_client.Timeout.TotalSeconds} s.", e);
        }
    }

    public void Dispose() => _client.Dispose();

    private static AuthenticationHeaderValue? Authorization(ElasticsearchOptions options)
    {
        if (options.ApiKey is { } key)
        {
            return new AuthenticationHeaderValue("ApiKey", key);
        }

        var user = options.UserName is { } name ? $"{name}:{options.Password}" : Uri.UnescapeDataString(options.Endpoint!.UserInfo);
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
