using System.Text.Json.Nodes;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>What the engine holds under a stack's name, and the external objects that the stack uses, as raw JSON.</summary>
internal sealed record ObservedStack
{
    public IReadOnlyList<ObservedObject> Networks { get; init; } = [];

    public IReadOnlyList<ObservedObject> Secrets { get; init; } = [];

    public IReadOnlyList<ObservedObject> Configs { get; init; } = [];

    public IReadOnlyList<ObservedObject> Services { get; init; } = [];

    /// <summary>Images of the stack by the reference that the user wrote, where a registry knew them.</summary>
    public IReadOnlyDictionary<string, ResolvedImage> Images { get; init; } = new Dictionary<string, ResolvedImage>();

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public IReadOnlyList<ObservedObject> OfKind(ObjectKind kind) => kind switch
    {
        ObjectKind.Network => Networks,
        ObjectKind.Secret => Secrets,
        ObjectKind.Config => Configs,
        _ => Services,
    };

    public ObservedObject? Find(ObjectKind kind, string name) => OfKind(kind).FirstOrDefault(item => item.Name == name);
}

/// <summary>An object as the engine gave it.</summary>
internal sealed record ObservedObject(JsonObject Raw)
{
    // The keys are the engine's, whatever our own members are called.
    private const string SpecKey = "Spec";
    private const string NameKey = "Name";
    private const string NetworkIdKey = "Id";
    private const string VersionKey = "Version";

    public string Id => Text(Raw["ID"]) ?? Text(Raw[NetworkIdKey]) ?? "";

    public string Name => Text(Raw[SpecKey]?[NameKey]) ?? Text(Raw[NameKey]) ?? "";

    public ulong Version => Raw[VersionKey]?["Index"] is JsonValue index && index.TryGetValue(out ulong value) ? value : 0;

    /// <summary>The spec of a service, secret or config; a network is its own.</summary>
    public JsonObject Spec => Raw[SpecKey] as JsonObject ?? Raw;

    public string? Label(string key) => Text((Spec["Labels"] as JsonObject)?[key]);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
