using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ElectricBrain.Swarm.Tests.Connections.Portainer;

/// <summary>Answers as the real server answered in the exchanges; anything else is a 404 of its own.</summary>
internal sealed class RecordedPortainer(params string[] names) : HttpMessageHandler
{
    private readonly List<Exchange> _exchanges = [.. names.Select(Exchange.Read)];

    /// <summary>What was asked, as method and path.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Consulted first; null lets the recordings answer.</summary>
    public Func<string, Exchange?>? Instead { get; set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.Equal(["key"], request.Headers.GetValues("X-API-Key"));
        Assert.Null(request.Headers.Authorization);
        Assert.False(request.Headers.Contains("Cookie"));
        string path = request.RequestUri!.PathAndQuery.Replace("/docker/v1.41/", "/docker/", StringComparison.Ordinal);
        string? node = request.Headers.TryGetValues("X-PortainerAgent-Target", out IEnumerable<string>? nodes) ? nodes.Single() : null;
        Asked.Add($"{request.Method} {path}");
        Exchange? answer = Instead?.Invoke(path) ?? _exchanges.Find(exchange =>
            exchange.Method == request.Method && exchange.Path.Replace("/docker/v1.41/", "/docker/", StringComparison.Ordinal) == path && (exchange.Node == node || path.EndsWith("_ping", StringComparison.Ordinal)));
        return Task.FromResult(answer is null ? new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("404 page not found\n") } : Answer(answer));
    }

    private static HttpResponseMessage Answer(Exchange exchange)
    {
        var response = new HttpResponseMessage((HttpStatusCode)exchange.Status);
        string text = exchange.Body switch
        {
            null => "",
            JsonValue value when value.TryGetValue(out string? plain) => plain,
            { } json => json.ToJsonString(),
        };
        response.Content = new StringContent(text, Encoding.UTF8);
        foreach ((string name, JsonNode? value) in exchange.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value!.GetValue<string>()))
            {
                response.Content.Headers.Remove(name);
                response.Content.Headers.TryAddWithoutValidation(name, value.GetValue<string>());
            }
        }

        return response;
    }
}
