using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ElectricBrain.Swarm.Tests.Engines;

/// <summary>Answers the engine API from memory as a manager does, records every request, and fails where a test tells it to.</summary>
public sealed partial class ScriptedEngine : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private int _nextId = 1;
    private ulong _nextIndex = 10;

    public sealed record Request(HttpMethod Method, string Path, string Query, string Body)
    {
        public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

        public override string ToString() => $"{Method} {Path}{Query}";
    }

    public Dictionary<string, List<JsonObject>> Objects { get; } = new()
    {
        ["nodes"] = [],
        ["services"] = [],
        ["tasks"] = [],
        ["networks"] = [],
        ["secrets"] = [],
        ["configs"] = [],
    };

    public List<Request> Requests { get; } = [];

    /// <summary>Headers of /_ping.</summary>
    public Dictionary<string, string> PingHeaders { get; } = new() { ["Api-Version"] = "1.41", ["Server"] = "Docker/20.10.24" };

    /// <summary>Consulted first for every request; null lets the engine answer.</summary>
    public Func<Request, HttpResponseMessage?>? Fault { get; set; }

    /// <summary>Whether a service that is written gets running tasks at once.</summary>
    public bool RunsTasks { get; set; }

    /// <summary>Gives the stream of events; it never ends unless a test ends it.</summary>
    public Func<Stream> Events { get; set; } = () => new SilentStream();

    public IReadOnlyList<Request> Writes
    {
        get
        {
            lock (_gate)
            {
                return [.. Requests.Where(request => request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)];
            }
        }
    }

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Error(int status, string message) =>
        Json(new JsonObject { ["message"] = message }.ToJsonString(), (HttpStatusCode)status);

    /// <summary>Adds an object and gives its identifier.</summary>
    public string Add(string kind, string json)
    {
        JsonObject item = JsonNode.Parse(json)!.AsObject();
        lock (_gate)
        {
            item["ID"] ??= $"{kind[..1]}{_nextId++:000}";
            item["Version"] ??= new JsonObject { ["Index"] = _nextIndex++ };
            Objects[kind].Add(item);
            return item["ID"]!.GetValue<string>();
        }
    }

    /// <summary>Changes an object as the managers do: its version counts up.</summary>
    public void Change(string kind, string id, Action<JsonObject> change)
    {
        lock (_gate)
        {
            JsonObject item = Objects[kind].Single(candidate => candidate["ID"]!.GetValue<string>() == id);
            change(item);
            item["Version"] = new JsonObject { ["Index"] = _nextIndex++ };
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var seen = new Request(request.Method, Unversioned().Replace(request.RequestUri!.AbsolutePath, ""), Uri.UnescapeDataString(request.RequestUri.Query), body);
        lock (_gate)
        {
            Requests.Add(seen);
            HttpResponseMessage response = Fault?.Invoke(seen) ?? Answer(seen);
            response.RequestMessage = request;
            return response;
        }
    }

    private HttpResponseMessage Answer(Request request)
    {
        string[] parts = request.Path.Trim('/').Split('/');
        return (request.Method.Method, parts) switch
        {
            ("GET", ["_ping"]) => Ping(),
            ("GET", ["version"]) => Json("""{"ApiVersion":"1.41","Version":"20.10.24"}"""),
            ("GET", ["info"]) => Json("""{"Swarm":{"LocalNodeState":"active","ControlAvailable":true}}"""),
            ("GET", ["events"]) => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(Events()) },
            ("GET", ["distribution", ..]) => Error(500, "no registry here"),
            ("GET", [var kind]) when Objects.ContainsKey(kind) => Json(List(kind, request.Query).ToJsonString()),
            ("GET", [var kind, var id]) when Find(kind, id) is { } item => Json(item.ToJsonString()),
            ("POST", [var kind, "create"]) when Objects.ContainsKey(kind) => Create(kind, request.Json),
            ("POST", [var kind, var id, "update"]) when Find(kind, id) is { } item => Update(item, request),
            ("DELETE", [var kind, var id]) when Find(kind, id) is { } item => Remove(kind, item),
            _ => Error(404, $"{request} not found"),
        };
    }

    private HttpResponseMessage Ping()
    {
        HttpResponseMessage response = new(HttpStatusCode.OK) { Content = new StringContent("OK") };
        foreach ((string name, string value) in PingHeaders)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    private JsonArray List(string kind, string query)
    {
        IEnumerable<JsonObject> items = Objects[kind];
        if (StackFilter().Match(query) is { Success: true } match)
        {
            items = items.Where(item => LabelsOf(item)?["com.docker.stack.namespace"]?.GetValue<string>() == match.Groups[1].Value);
        }

        return [.. items.Select(item => item.DeepClone())];
    }

    private static JsonNode? LabelsOf(JsonObject item) => item["Spec"]?["Labels"] ?? item["Labels"];

    private JsonObject? Find(string kind, string id) => !Objects.TryGetValue(kind, out List<JsonObject>? items) ? null : items.FirstOrDefault(item =>
        id == item["ID"]?.GetValue<string>() || id == item["Id"]?.GetValue<string>() || id == (item["Name"] ?? item["Spec"]?["Name"])?.GetValue<string>());

    private HttpResponseMessage Create(string kind, JsonObject body)
    {
        string id = $"{kind[..1]}{_nextId++:000}";
        JsonObject item = kind == "networks"
            ? body
            : new JsonObject { ["Spec"] = body, ["Version"] = new JsonObject { ["Index"] = _nextIndex++ } };
        item[kind == "networks" ? "Id" : "ID"] = id;
        if (kind == "networks")
        {
            item["Scope"] = "swarm";
        }

        if (kind == "secrets")
        {
            body.Remove("Data");
        }

        Objects[kind].Add(item);
        Schedule(item);
        return Json(new JsonObject { [kind == "networks" ? "Id" : "ID"] = id }.ToJsonString(), HttpStatusCode.Created);
    }

    private HttpResponseMessage Update(JsonObject item, Request request)
    {
        if (request.Query != $"?version={item["Version"]!["Index"]}" && !request.Query.StartsWith($"?version={item["Version"]!["Index"]}&", StringComparison.Ordinal))
        {
            return Error(500, "rpc error: code = Unknown desc = update out of sequence");
        }

        item["PreviousSpec"] = item["Spec"]!.DeepClone();
        item["Spec"] = request.Json;
        item["Version"] = new JsonObject { ["Index"] = _nextIndex++ };
        Schedule(item);
        return Json("""{"Warnings":null}""");
    }

    private void Schedule(JsonObject service)
    {
        if (!RunsTasks || service["Spec"]?["TaskTemplate"] is not { } template)
        {
            return;
        }

        string id = service["ID"]!.GetValue<string>();
        Objects["tasks"].RemoveAll(task => task["ServiceID"]!.GetValue<string>() == id);
        int replicas = service["Spec"]!["Mode"]?["Global"] is not null ? 1 : service["Spec"]!["Mode"]?["Replicated"]?["Replicas"]?.GetValue<int>() ?? 1;
        for (int slot = 1; slot <= replicas; slot++)
        {
            Objects["tasks"].Add(new JsonObject
            {
                ["ID"] = $"t{_nextId++:000}",
                ["Version"] = new JsonObject { ["Index"] = _nextIndex++ },
                ["ServiceID"] = id,
                ["Slot"] = slot,
                ["NodeID"] = Objects["nodes"].FirstOrDefault()?["ID"]?.DeepClone(),
                ["Labels"] = service["Spec"]!["Labels"]?.DeepClone(),
                ["Spec"] = template.DeepClone(),
                ["DesiredState"] = "running",
                ["Status"] = new JsonObject { ["State"] = "running", ["Message"] = "started", ["Timestamp"] = "2026-01-01T00:00:00Z" },
                ["CreatedAt"] = "2026-01-01T00:00:00Z",
            });
        }
    }

    private HttpResponseMessage Remove(string kind, JsonObject item)
    {
        Objects[kind].Remove(item);
        if (kind == "services")
        {
            Objects["tasks"].RemoveAll(task => task["ServiceID"]?.GetValue<string>() == item["ID"]!.GetValue<string>());
        }

        return Json("");
    }

    [GeneratedRegex(@"^/v\d+\.\d+")]
    private static partial Regex Unversioned();

    [GeneratedRegex("com.docker.stack.namespace=([^\"]+)\"")]
    private static partial Regex StackFilter();
}
