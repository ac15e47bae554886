using System.IO.Compression;
using System.Net;
using System.Text;

namespace ElectricBrain.Telemetry.Tests.Support;

/// <summary>Answers HTTP requests as the test says, and remembers them.</summary>
internal sealed class ScriptedServer : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> _bulkReplies = new();

    /// <summary>Method, path and inflated body of each request.</summary>
    public List<(string Method, string Path, string Body)> Requests { get; } = [];

    public List<string?> Authorizations { get; } = [];

    /// <summary>Whether documents with an identity of the sender's are answered as the test says; else they are refused, and not remembered, as a time series stream (8.19.8) does.</summary>
    public bool TakesIdentities { get; set; }

    /// <summary>Answers to everything but bulk requests.</summary>
    public Func<string, string, (int Status, string Body)> Admin { get; set; } = static (method, _) => method == "GET" ? (404, "{}") : (200, """{"acknowledged":true}""");

    /// <summary>Answers to bulk requests for late records, by their body; without a privilege unless told otherwise.</summary>
    public Func<string, (int Status, string Body)> Late { get; set; } = static _ => (403, """{"error":{"type":"security_exception","reason":"action is unauthorized for key id [VuaCfGcB]"},"status":403}""");

    public IEnumerable<(string Method, string Path, string Body)> Bulks => Requests.Where(request => request.Path.Contains("/_bulk", StringComparison.Ordinal));

    public ScriptedServer Reply(int status, string body, string? retryAfter = null)
    {
        _bulkReplies.Enqueue(() =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            if (retryAfter is not null)
            {
                response.Headers.Add("Retry-After", retryAfter);
            }

            return response;
        });
        return this;
    }

    public ScriptedServer Throw(Exception exception)
    {
        _bulkReplies.Enqueue(() => throw exception);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        if (request.Content?.Headers.ContentEncoding.Contains("gzip") == true)
        {
            using var inflated = new MemoryStream();
            await new GZipStream(new MemoryStream(body), CompressionMode.Decompress).CopyToAsync(inflated, cancellationToken);
            body = inflated.ToArray();
        }

        var path = request.RequestUri!.PathAndQuery;
        if (!TakesIdentities && Encoding.UTF8.GetString(body).StartsWith("""{"create":{"_id":""", StringComparison.Ordinal) && path.Contains("electricbrain.sensor-", StringComparison.Ordinal))
        {
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($$"""{"errors":true,"items":[{{RealReplies.IdentityRefused}}]}""", Encoding.UTF8, "application/json") };
        }

        Requests.Add((request.Method.Method, path, Encoding.UTF8.GetString(body)));
        Authorizations.Add(request.Headers.Authorization?.ToString());
        if (path.StartsWith("/metrics-electricbrain.late-", StringComparison.Ordinal))
        {
            var (lateStatus, lateText) = Late(Encoding.UTF8.GetString(body));
            return new HttpResponseMessage((HttpStatusCode)lateStatus) { Content = new StringContent(lateText, Encoding.UTF8, "application/json") };
        }

        if (path.Contains("/_bulk", StringComparison.Ordinal))
        {
            return _bulkReplies.Dequeue()();
        }

        var (status, text) = Admin(request.Method.Method, path);
        return new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
    }
}
