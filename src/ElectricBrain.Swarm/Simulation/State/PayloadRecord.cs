using System.Text.Json.Nodes;

namespace ElectricBrain.Swarm.Simulation.State;

/// <summary>A config or a secret.</summary>
internal sealed class PayloadRecord(string id, JsonObject spec)
{
    public string Id => id;

    public string Name { get; } = spec["Name"]!.GetValue<string>();

    /// <summary>The spec; a secret's is kept without its data, as the engine never returns it.</summary>
    public JsonObject Spec { get; set; } = spec;

    public ulong Version { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}
