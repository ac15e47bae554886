using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Simulation.Api;
using ElectricBrain.Swarm.Simulation.Orchestration;

namespace ElectricBrain.Swarm.Simulation.State;

/// <summary>A service's spec: the JSON as it came, and what the orchestrator reads in it.</summary>
internal sealed partial class ServiceSpec
{
    private static readonly TimeSpan DefaultDelay = TimeSpan.FromSeconds(5);

    private ServiceSpec(JsonObject json)
    {
        Json = json;
        Template = (json["TaskTemplate"] as JsonObject)!;
        TemplateUtf8 = Encoding.UTF8.GetBytes(Template.ToJsonString());
    }

    public JsonObject Json { get; }

    public JsonObject Template { get; }

    public byte[] TemplateUtf8 { get; }

    public required string Name { get; init; }

    public required string Image { get; init; }

    public ServiceMode Mode { get; private init; }

    public int Replicas { get; private init; }

    public IReadOnlyList<PlacementConstraint> Constraints { get; private init; } = [];

    public IReadOnlyList<(string Architecture, string System)> Platforms { get; private init; } = [];

    /// <summary>The most tasks of the service on one node; 0 for no limit.</summary>
    public int MaxReplicasPerNode { get; private init; }

    public long ReservedNanoCpus { get; private init; }

    public long ReservedMemoryBytes { get; private init; }

    /// <summary><c>none</c>, <c>on-failure</c> or <c>any</c>.</summary>
    public string RestartCondition { get; private init; } = "any";

    public TimeSpan RestartDelay { get; private init; } = DefaultDelay;

    /// <summary>How often a slot's task is restarted; 0 for no limit.</summary>
    public int MaxRestarts { get; private init; }

    public UpdatePolicy UpdatePolicy { get; private init; } = UpdatePolicy.Default;

    public IReadOnlyList<ServicePort> Ports { get; private init; } = [];

    public bool IsGlobal => Mode is ServiceMode.Global or ServiceMode.GlobalJob;

    public bool IsJob => Mode is ServiceMode.ReplicatedJob or ServiceMode.GlobalJob;

    /// <summary>Reads a spec as the engine does, and fills in what the engine fills in.</summary>
    /// <exception cref="EngineError">The engine would refuse the spec.</exception>
    public static ServiceSpec Parse(JsonObject json)
    {
        try
        {
            return Read(json);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException or OverflowException)
        {
            throw EngineError.BadRequest("json: cannot unmarshal a value of the service spec: " + error.Message);
        }
    }

    /// <summary>Whether a task of the other spec need not be replaced for this one.</summary>
    public bool RunsSameTask(ServiceSpec other) => JsonNode.DeepEquals(Template, other.Template);

    private static ServiceSpec Read(JsonObject json)
    {
        var name = json["Name"]?.GetValue<string>() ?? "";
        if (!NamePattern().IsMatch(name))
        {
            throw EngineError.InvalidArgument("name must be valid as a DNS name component");
        }

        var template = json["TaskTemplate"] as JsonObject ?? [];
        json["TaskTemplate"] ??= template;
        var image = template["ContainerSpec"]?["Image"]?.GetValue<string>();
        if (string.IsNullOrEmpty(image))
        {
            throw EngineError.InvalidArgument("ContainerSpec: image reference must be provided");
        }

        FillIn(json, template);
        var restart = template["RestartPolicy"];
        var placement = template["Placement"];
        var reserved = template["Resources"]?["Reservations"];
        var mode = json["Mode"]!;
        return new ServiceSpec(json)
        {
            Name = name,
            Image = image,
            Mode = ModeOf(mode),
            Replicas = (int?)(mode["Replicated"]?["Replicas"] ?? mode["ReplicatedJob"]?["TotalCompletions"])?.GetValue<long>() ?? 1,
            Constraints = [.. (placement?["Constraints"] as JsonArray ?? []).Select(item => PlacementConstraint.Parse(item!.GetValue<string>()))],
            Platforms = [.. (placement?["Platforms"] as JsonArray ?? []).Select(item => (item!["Architecture"]?.GetValue<string>() ?? "", item["OS"]?.GetValue<string>() ?? ""))],
            MaxReplicasPerNode = (int?)placement?["MaxReplicas"]?.GetValue<long>() ?? 0,
            ReservedNanoCpus = reserved?["NanoCPUs"]?.GetValue<long>() ?? 0,
            ReservedMemoryBytes = reserved?["MemoryBytes"]?.GetValue<long>() ?? 0,
            RestartCondition = restart?["Condition"]?.GetValue<string>() is { Length: > 0 } condition ? condition : "any",
            RestartDelay = Duration(restart?["Delay"]) ?? DefaultDelay,
            MaxRestarts = (int?)restart?["MaxAttempts"]?.GetValue<long>() ?? 0,
            UpdatePolicy = UpdatePolicy.Read(json["UpdateConfig"]),
            Ports = [.. (json["EndpointSpec"]?["Ports"] as JsonArray ?? []).Select(ReadPort)],
        };
    }

    private static void FillIn(JsonObject json, JsonObject template)
    {
        json["Labels"] ??= new JsonObject();
        json["Mode"] ??= new JsonObject { ["Replicated"] = new JsonObject { ["Replicas"] = 1L } };
        template["ContainerSpec"]!["Isolation"] ??= "default";
        template["ForceUpdate"] ??= 0;
        template["Runtime"] ??= "container";
    }

    private static ServiceMode ModeOf(JsonNode mode) =>
        mode["Global"] is not null ? ServiceMode.Global
        : mode["ReplicatedJob"] is not null ? ServiceMode.ReplicatedJob
        : mode["GlobalJob"] is not null ? ServiceMode.GlobalJob
        : ServiceMode.Replicated;

    private static ServicePort ReadPort(JsonNode? port) => new(
        port!["Name"]?.GetValue<string>(),
        port["Protocol"]?.GetValue<string>() is { Length: > 0 } protocol ? protocol : "tcp",
        (int)(port["TargetPort"]?.GetValue<long>() ?? 0),
        (int)(port["PublishedPort"]?.GetValue<long>() ?? 0),
        port["PublishMode"]?.GetValue<string>() is { Length: > 0 } publish ? publish : "ingress");

    /// <summary>The engine writes durations in nanoseconds.</summary>
    internal static TimeSpan? Duration(JsonNode? nanoseconds) =>
        nanoseconds is null ? null : TimeSpan.FromTicks(nanoseconds.GetValue<long>() / TimeSpan.NanosecondsPerTick);

    [GeneratedRegex("^[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*$")]
    private static partial Regex NamePattern();
}
