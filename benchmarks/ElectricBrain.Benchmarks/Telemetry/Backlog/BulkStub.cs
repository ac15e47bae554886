using System.IO.Compression;
using System.Net;
using System.Text.Json;
using ElectricBrain.Benchmarks.Telemetry.Ingest;

namespace ElectricBrain.Benchmarks.Telemetry.Backlog;

/// <summary>
/// Answers bulk requests as Elasticsearch does, at once and without storing: it only marks which readings came. It tells the limit of
/// the sender where the real server would be the limit.
/// </summary>
internal sealed class BulkStub : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly int[] _seen;
    private long _received;

    public BulkStub(long records, int port)
    {
        _seen = new int[records];
        Address = new Uri($"http://127.0.0.1:{port}");
        _listener.Prefixes.Add($"{Address}");
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address { get; }

    public long Received => Volatile.Read(ref _received);

    public long Missing => _seen.LongCount(static times => times == 0);

    public long Doubled => _seen.Where(static times => times > 1).Sum(static times => times - 1L);

    public void Dispose() => ((IDisposable)_listener).Dispose();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var body = await BodyAsync(context.Request);
        var answer = context.Request.Url!.AbsolutePath.EndsWith("/_bulk", StringComparison.Ordinal) ? Take(body) : "{\"acknowledged\":true}"u8.ToArray();
        context.Response.StatusCode = context.Request.HttpMethod == "GET" ? 404 : 200;
        context.Response.Headers.Add("X-elastic-product", "Elasticsearch");
        context.Response.ContentType = "application/json";
        context.Response.ContentLength64 = answer.Length;
        await context.Response.OutputStream.WriteAsync(answer);
        context.Response.Close();
    }

    private static async Task<byte[]> BodyAsync(HttpListenerRequest request)
    {
        using var body = new MemoryStream();
        await using var input = request.Headers["Content-Encoding"] == "gzip" ? new GZipStream(request.InputStream, CompressionMode.Decompress) : request.InputStream;
        await input.CopyToAsync(body);
        return body.ToArray();
    }

    private byte[] Take(ReadOnlySpan<byte> body)
    {
        // A time series stream gives the identity itself.
        if (body.StartsWith("{\"create\":{\"_id\""u8))
        {
            return "{\"errors\":true,\"items\":[{\"create\":{\"status\":400,\"error\":{\"type\":\"document_parsing_exception\",\"reason\":\"_id must be unset or set to [x]\"}}}]}"u8.ToArray();
        }

        var documents = 0;
        foreach (var range in body.Split((byte)'\n'))
        {
            var line = body[range];
            if (line.IsEmpty || line.StartsWith("{\"create\""u8))
            {
                continue;
            }

            Interlocked.Increment(ref _seen[Number(line)]);
            documents++;
        }

        Interlocked.Add(ref _received, documents);
        using var answer = new MemoryStream();
        answer.Write("{\"errors\":false,\"items\":["u8);
        for (var i = 0; i < documents; i++)
        {
            answer.Write(i == 0 ? "{\"create\":{\"status\":201}}"u8 : ",{\"create\":{\"status\":201}}"u8);
        }

        answer.Write("]}"u8);
        return answer.ToArray();
    }

    private static long Number(ReadOnlySpan<byte> document)
    {
        var reader = new Utf8JsonReader(document);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("value"u8))
            {
                reader.Read();
                return Workload.NumberOf(reader.GetDouble());
            }
        }

        throw new FormatException("A document has no value.");
    }
}
