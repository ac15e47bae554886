using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace ElectricBrain.Integration.Tests.Lab;

/// <summary>The engine's HTTP API with nothing of ours in between: what tests prepare and check with.</summary>
public sealed class EngineClient(string socket) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
            return new NetworkStream(connection, ownsSocket: true);
        },
    })
    { BaseAddress = new Uri("http://engine/") };

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<JsonElement> PostAsync(string path, object? body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), cancellationToken);

    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, path, null, cancellationToken);

    /// <summary>An answer that is no JSON, such as a container's log (with the engine's frame headers in it).</summary>
    public Task<string> GetTextAsync(string path, CancellationToken cancellationToken) => _http.GetStringAsync(path, cancellationToken);

    /// <summary>Makes an image of a root file system on this engine.</summary>
    public Task ImportImageAsync(Stream image, string reference, CancellationToken cancellationToken, params string[] changes)
    {
        var instructions = string.Concat(changes.Select(change => $"&changes={Uri.EscapeDataString(change)}"));
        return SendAsync(
            HttpMethod.Post, $"images/create?fromSrc=-&repo={Uri.EscapeDataString(reference)}{instructions}", new StreamContent(image), cancellationToken);
    }

    /// <summary>Pushes an image to the registry that its reference names.</summary>
    public Task PushImageAsync(string reference, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent([]);
        content.Headers.Add("X-Registry-Auth", "e30="); // {}: the lab's registry knows no users.
        return SendAsync(HttpMethod.Post, $"images/{reference}/push", content, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        // Long operations answer 200 at once and report their failure in the stream of progress lines.
        if (!response.IsSuccessStatusCode || text.Contains("\"errorDetail\"", StringComparison.Ordinal))
        {
            throw new HttpRequestException($"{method} {path} on {socket}: {(int)response.StatusCode} {text}", null, response.StatusCode);
        }

        return response.Content.Headers.ContentType?.MediaType == "application/json" && !text.Contains("}\r\n{", StringComparison.Ordinal)
            && text.Length > 0
            ? JsonSerializer.Deserialize<JsonElement>(text)
            : default;
    }
}
