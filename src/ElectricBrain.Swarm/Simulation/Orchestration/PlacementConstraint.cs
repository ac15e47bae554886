using System.Text.RegularExpressions;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Simulation.Api;
using ElectricBrain.Swarm.Simulation.State;

namespace ElectricBrain.Swarm.Simulation.Orchestration;

/// <summary>A condition that a node has to meet, such as <c>node.labels.hat==enviro</c>.</summary>
/// <remarks>Values are compared without regard to case and as they are: <c>arm64</c> is not <c>aarch64</c>. Source: SwarmKit, manager/constraint.</remarks>
internal sealed partial record PlacementConstraint(string Key, bool MustEqual, string Value)
{
    private const string NodeLabelPrefix = "node.labels.";

    /// <exception cref="EngineError">The text is no constraint.</exception>
    public static PlacementConstraint Parse(string text)
    {
        var match = Pattern().Match(text);
        return match.Success
            ? new PlacementConstraint(match.Groups["key"].Value, match.Groups["operator"].Value == "==", match.Groups["value"].Value)
            : throw EngineError.InvalidArgument($"constraint expected one operator from ==, !=, but got '{text}'");
    }

    public bool IsMetBy(NodeRecord node) =>
        ValueOf(node) is { } actual && string.Equals(actual, Value, StringComparison.OrdinalIgnoreCase) == MustEqual;

    private string? ValueOf(NodeRecord node) => Key.ToLowerInvariant() switch
    {
        "node.id" => node.Id,
        "node.hostname" => node.Hostname,
        "node.ip" => node.Address,
        "node.role" => node.Role == NodeRole.Manager ? "manager" : "worker",
        "node.platform.os" => "linux",
        "node.platform.arch" => node.Machine.Architecture,
        _ when Key.StartsWith(NodeLabelPrefix, StringComparison.OrdinalIgnoreCase) => node.Labels.GetValueOrDefault(Key[NodeLabelPrefix.Length..], ""),
        _ => null,
    };

    [GeneratedRegex(@"^\s*(?<key>[a-zA-Z0-9][\w.\-]*)\s*(?<operator>==|!=)\s*(?<value>[a-zA-Z0-9:\-_./ ()+*]+?)\s*$")]
    private static partial Regex Pattern();
}
