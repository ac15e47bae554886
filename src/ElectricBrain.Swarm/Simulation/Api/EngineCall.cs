using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ElectricBrain.Swarm.Simulation.Api;

/// <summary>A request to the engine, taken apart.</summary>
internal sealed class EngineCall
{
    private readonly Dictionary<string, string> _query = [];

    private EngineCall(HttpMethod method, string path, string query, ReadOnlyMemory<byte> body)
    {
        Method = method;
        Body = body;
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        if (segments is [['v', >= '0' and <= '9', ..] version, ..])
        {
            ApiVersion = version[1..];
            segments = segments[1..];
        }

        Segments = segments;
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var separator = pair.IndexOf('=', StringComparison.Ordinal);
            _query[Decode(separator < 0 ? pair : pair[..separator])] = separator < 0 ? "" : Decode(pair[(separator + 1)..]);
        }
    }

    public HttpMethod Method { get; }

    /// <summary>The version that the path names; null when it names none.</summary>
    public string? ApiVersion { get; }

    /// <summary>The path without its version.</summary>
    public string[] Segments { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public ListFilters Filters => ListFilters.Parse(Query("filters"));

    public static async Task<EngineCall> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return new EngineCall(request.Method, request.RequestUri!.AbsolutePath, request.RequestUri.Query, body);
    }

    /// <summary>A call from inside the simulation.</summary>
    public static EngineCall Post(string pathAndQuery, ReadOnlyMemory<byte> body)
    {
        var query = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        return new EngineCall(HttpMethod.Post, query < 0 ? pathAndQuery : pathAndQuery[..query], query < 0 ? "" : pathAndQuery[query..], body);
    }

    public string? Query(string name) => _query.GetValueOrDefault(name);

    /// <summary>The version of the object that a change is based on.</summary>
    public ulong BaseVersion() => ulong.TryParse(Query("version"), CultureInfo.InvariantCulture, out var version)
        ? version
        : throw EngineError.BadRequest($"invalid version: '{Query("version")}'");

    public JsonObject ReadJson()
    {
        try
        {
            return JsonNode.Parse(Body.Span) as JsonObject ?? throw EngineError.BadRequest("json: a JSON object is wanted");
        }
        catch (JsonException error)
        {
            throw EngineError.BadRequest("invalid JSON: " + error.Message);
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
