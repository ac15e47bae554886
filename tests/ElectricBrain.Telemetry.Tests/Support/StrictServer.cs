using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ElectricBrain.Telemetry.Tests.Support;

/// <summary>
/// A server on a socket that stores what it is sent as a real one does, a document once, and answers in the bytes of a real one (8.19), which a test can
/// then cut, slow down or falsify. What it answers has no influence on what it has stored.
/// </summary>
internal sealed class StrictServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();

    public StrictServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Every document that was stored, and how often it was sent.</summary>
    public Dictionary<string, int> Stored { get; } = [];

    /// <summary>What is written in place of the items of an answer.</summary>
    public Func<IReadOnlyList<string>, byte[]> Reply { get; set; } = Chunked;

    /// <summary>The answer to a document with an identity.</summary>
    public Func<byte[]> Refusal { get; set; } = static () => Chunked([RealReplies.IdentityRefused]);

    /// <summary>How an answer is written, but for the refusal of a document with an identity, which is plain; a connection is reset when it returns false.</summary>
    public Func<Stream, byte[], CancellationToken, Task<bool>> Write { get; set; } = WholeAsync;

    /// <summary>The answer in the form that the real server gives a filtered one.</summary>
    public static byte[] Chunked(IReadOnlyList<string> items)
    {
        var body = Json(items);
        return [.. Head("Transfer-Encoding: chunked"), .. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8];
    }

    /// <summary>The answer with a length, which may be a lie.</summary>
    public static byte[] WithLength(IReadOnlyList<string> items, int lie = 0)
    {
        var body = Json(items);
        return [.. Head($"content-length: {body.Length + lie}"), .. body];
    }

    /// <summary>A compressed answer that ends early, though its length is right.</summary>
    public static byte[] HalfGzip(IReadOnlyList<string> items)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Json(items));
        }

        var half = compressed.ToArray().AsSpan(0, (int)compressed.Length / 2);
        return [.. Head($"content-encoding: gzip\r\ncontent-length: {half.Length}"), .. half];
    }

    public static async Task<bool> WholeAsync(Stream stream, byte[] reply, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(reply, cancellationToken);
        return true;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private static byte[] Head(string length) => Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nX-elastic-product: Elasticsearch\r\ncontent-type: application/json\r\n{length}\r\n\r\n");

    private static byte[] Json(IReadOnlyList<string> items) => Encoding.UTF8.GetBytes($$"""{"errors":{{(items.Any(static item => item.Contains("409", StringComparison.Ordinal)) ? "true" : "false")}},"items":[{{string.Join(',', items)}}]}""");

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                while (await ReadAsync(stream) is { } body)
                {
                    if (body.StartsWith("""{"create":{"_id":""", StringComparison.Ordinal))
                    {
                        var refusal = Refusal();
                        await stream.WriteAsync(refusal, _stop.Token);
                        if (!refusal.AsSpan().SequenceEqual(Chunked([RealReplies.IdentityRefused])))
                        {
                            return;
                        }

                        continue;
                    }

                    if (!await Write(stream, Reply(Store(body)), _stop.Token))
                    {
                        client.Client.LingerState = new LingerOption(true, 0);
                        return;
                    }
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The client went away.
            }
        }
    }

    private List<string> Store(string body)
    {
        var lines = body.Split('\n');
        Assert.Equal("", lines[^1]);
        var items = new List<string>();
        lock (Stored)
        {
            for (var i = 0; i + 1 < lines.Length; i += 2)
            {
                Assert.Equal("""{"create":{}}""", lines[i]);
                var times = Stored[lines[i + 1]] = Stored.GetValueOrDefault(lines[i + 1]) + 1;
                items.Add(times == 1
                    ? """{"create":{"status":201}}"""
                    : """{"create":{"status":409,"failure_store":"not_enabled","error":{"type":"version_conflict_engine_exception","reason":"[PW2ESGjiLX-5RpcRAAABog1Uols]: version conflict, document already exists (current version [1])"}}}""");
            }
        }

        return items;
    }

    /// <summary>Reads one request; null when the client closed the connection.</summary>
    private static async Task<string?> ReadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("\r\n").First(static line => line.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase));
        var body = new byte[int.Parse(length["content-length:".Length..], CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body);
        if (head.ToString().Contains("gzip", StringComparison.Ordinal) && body.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
        {
            using var reader = new StreamReader(new GZipStream(new MemoryStream(body), CompressionMode.Decompress));
            return await reader.ReadToEndAsync();
        }

        return Encoding.UTF8.GetString(body);
    }
}
