using System.Text.Json.Nodes;

namespace ElectricBrain.Swarm.Simulation.State;

/// <summary>How a service's tasks are replaced after a change of its task template.</summary>
internal sealed record UpdatePolicy(int Parallelism, TimeSpan Delay, TimeSpan Monitor, string FailureAction, bool StartsFirst)
{
    public static UpdatePolicy Default { get; } = new(1, TimeSpan.Zero, TimeSpan.FromSeconds(5), "pause", StartsFirst: false);

    /// <summary>Reads an <c>UpdateConfig</c>; parallelism 0 replaces all tasks at once.</summary>
    public static UpdatePolicy Read(JsonNode? config) => config is null ? Default : new(
        (int)(config["Parallelism"]?.GetValue<long>() ?? 0),
        ServiceSpec.Duration(config["Delay"]) ?? TimeSpan.Zero,
        ServiceSpec.Duration(config["Monitor"]) ?? Default.Monitor,
        config["FailureAction"]?.GetValue<string>() is { Length: > 0 } action ? action : "pause",
        config["Order"]?.GetValue<string>() == "start-first");
}
