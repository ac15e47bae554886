using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ElectricBrain.Swarm.Connections.Docker;

/// <summary>The engine API as JSON documents, in which fields that this library does not know survive.</summary>
internal sealed class RawApi(HttpClient http, string endpoint) : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>Reads one object.</summary>
    public async Task<JsonObject> GetObjectAsync(string path, CancellationToken cancellationToken) =>
        await GetAsync(path, cancellationToken).ConfigureAwait(false) as JsonObject ?? throw Unreadable(path);

    /// <summary>Reads a list of objects; the engine writes an empty list as <c>null</c> too.</summary>
    public async Task<IReadOnlyList<JsonObject>> GetListAsync(string path, CancellationToken cancellationToken) =>
        await GetAsync(path, cancellationToken).ConfigureAwait(false) switch
        {
            null => [],
            JsonArray items => [.. items.Select(item => item as JsonObject ?? throw Unreadable(path))],
            _ => throw Unreadable(path),
        };

    /// <summary>Sends a document and gives the answer; null when the answer has no body.</summary>
    public async Task<JsonObject?> PostAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, RawJson.Default.JsonObject));
        content.Headers.ContentType = Json;
        using HttpResponseMessage response = await http.PostAsync(Relative(path), content, cancellationToken).ConfigureAwait(false);
        return await ParseAsync(path, response, cancellationToken).ConfigureAwait(false) as JsonObject;
    }

    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.DeleteAsync(Relative(path), cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonNode?> GetAsync(string path, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.GetAsync(Relative(path), cancellationToken).ConfigureAwait(false);
        return await ParseAsync(path, response, cancellationToken).ConfigureAwait(false);
    }

    private async Task<JsonNode?> ParseAsync(string path, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return body.AsSpan().Trim(" \r\n\t"u8).IsEmpty ? null : JsonNode.Parse(body);
        }
        catch (JsonException e)
        {
            throw Unreadable(path, e);
        }
    }

    private EngineException Unreadable(string path, Exception? cause = null) => new(
        EngineFailure.EngineFault, endpoint, $"The engine at {endpoint} gave an answer to {path} that cannot be read.", innerException: cause);

    private static Uri Relative(string path) => new(path, UriKind.Relative);
}
